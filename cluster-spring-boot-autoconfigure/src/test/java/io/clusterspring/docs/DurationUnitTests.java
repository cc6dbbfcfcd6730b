package io.clusterspring.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.SyncTimeout;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the log warns of each duration without a unit, as docs/troubleshooting.md
 * says.
 */
@ExtendWith(OutputCaptureExtension.class)
class DurationUnitTests {

	@Test
	void eachDurationOfTheClusterIsChecked(CapturedOutput output) {
		List<String> durations = Metadata.properties()
			.values()
			.stream()
			.filter((property) -> property.type().equals(Duration.class.getName())
					|| property.type().equals(SyncTimeout.class.getName()))
			.map(Metadata.Property::name)
			.collect(Collectors.toCollection(ArrayList::new));
		assertThat(durations).hasSizeGreaterThan(20).contains("cluster.sync-nodes-timeout");
		PropertyPage.DISTRIBUTED
			.forEach((name, value) -> addIfDuration(durations, "cluster.distributed.x." + name, value));
		PropertyPage.HISTORY.forEach((name, value) -> addIfDuration(durations, "cluster.history.x." + name, value));
		assertThat(durations).contains("cluster.distributed.x.lease", "cluster.history.x.ttl");
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class))
			.withPropertyValues("cluster.transport=local", "cluster.name=units", "cluster.node=n1@local")
			.withPropertyValues(durations.stream().map((name) -> name + "=7").toArray(String[]::new))
			.run((context) -> assertThat(output.getAll().lines().filter((line) -> line.contains("is 7 without a unit")))
				.hasSameSizeAs(durations));
		durations.forEach((name) -> assertThat(output).contains("The duration '" + name + "' is 7 "));
	}

	private static void addIfDuration(List<String> durations, String name, String value) {
		if (value.matches("\\d+(ms|s|m)")) {
			durations.add(name);
		}
	}

}
