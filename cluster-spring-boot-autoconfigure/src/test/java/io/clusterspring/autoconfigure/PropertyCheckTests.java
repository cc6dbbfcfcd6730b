package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the log says of properties at boot.
 */
@ExtendWith(OutputCaptureExtension.class)
class PropertyCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class))
		.withPropertyValues("cluster.transport=local", "cluster.name=spelling", "cluster.node=n1@local");

	@Test
	void misspeltPropertyIsWarnedOfWithTheRightName(CapturedOutput output) {
		this.runner
			.withPropertyValues("cluster.sync-node-timeout=10s", "cluster.distributed.x.timout=5s",
					"cluster.colour=red")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).hasSize(3)
			.anyMatch((line) -> line.contains("The property 'cluster.sync-node-timeout' ")
					&& line.endsWith(" does not exist and has no effect. Did you mean 'cluster.sync-nodes-timeout'?"))
			.anyMatch((line) -> line.endsWith("Did you mean 'cluster.distributed.x.timeout'?"))
			.anyMatch((line) -> line.contains("'cluster.colour'")
					&& line.endsWith("has no effect. docs/properties.md lists all properties"));
	}

	@Test
	void misspeltPropertyOfAHistoryIsWarnedOf(CapturedOutput output) {
		this.runner.withPropertyValues("cluster.history.rooms.topcs=room:*")
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("cluster.history.orders.topics=orders", "cluster.history.orders.tll=5s")
			.run((context) -> assertThat(context).hasNotFailed());
		runWith(Map.of("CLUSTER_HISTORY_NEWS_TOPICS", "news", "CLUSTER_HISTORY_NEWS_SYZE", "5"));
		assertThat(warnings(output)).hasSize(3)
			.anyMatch((line) -> line.endsWith("Did you mean 'cluster.history.rooms.topics'?"))
			.anyMatch((line) -> line.endsWith("Did you mean 'cluster.history.orders.ttl'?"))
			.anyMatch((line) -> line.endsWith("Did you mean 'CLUSTER_HISTORY_NEWS_SIZE'?"));
	}

	@Test
	void warningComesBeforeTheFailureThatItExplains(CapturedOutput output) {
		this.runner.withPropertyValues("cluster.failure-detection.timeout=8", "cluster.nodee=n1@local")
			.run((context) -> assertThat(context).hasFailed());
		assertThat(warnings(output)).anyMatch((line) -> line.endsWith("Did you mean 'cluster.node'?"))
			.anyMatch((line) -> line
				.endsWith("The duration 'cluster.failure-detection.timeout' is 8 without a unit, which "
						+ "means 8 milliseconds. Write 8s for seconds, or 8ms if you mean it"));
	}

	@Test
	void durationWithoutAUnitIsWarnedOfIfItIsShort(CapturedOutput output) {
		this.runner
			.withPropertyValues("cluster.distributed.x.timeout=${seconds}", "seconds=5",
					"cluster.distributed.y.timeout=5s", "cluster.distributed.z.timeout=5000",
					"cluster.outbox.timeout=0", "cluster.sync-nodes-timeout=3000")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("'cluster.distributed.x.timeout' is 5 without");
	}

	@Test
	void timeoutOfTheBootIsWarnedOfTooIfItIsShort(CapturedOutput output) {
		this.runner.withPropertyValues("cluster.sync-nodes-timeout=3")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith("The duration 'cluster.sync-nodes-timeout' is 3 without a unit, which means 3 milliseconds. "
					+ "Write 3s for seconds, or 3ms if you mean it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "00", "", "infinity", "3s", "3ms", "1000" })
	void timeoutOfTheBootThatCanBeMeantIsNotWarnedOf(String timeout, CapturedOutput output) {
		this.runner.withPropertyValues("cluster.sync-nodes-timeout=" + timeout)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "+5", "05", " 5 ", "0005" })
	void otherSpellingsOfANumberAreNoUnits(String timeout, CapturedOutput output) {
		this.runner.withPropertyValues("cluster.distributed.x.timeout=" + timeout)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement().asString().contains("'cluster.distributed.x.timeout' is ");
	}

	@Test
	void whatIsRightIsNotWarnedOf(CapturedOutput output) {
		this.runner
			.withPropertyValues("cluster.seeds[0]=10.0.0.1", "cluster.syncNodesTimeout=10ms",
					"cluster.distributed.x.nodes[0][0]=n1@local", "cluster.distributed.x.nodes[0][1]=n2@local",
					"cluster.test.alone=false", "cluster.channels=", "clusters.node=x", "cluster=")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void variablesAreWarnedOfOnlyIfTheyAreNearlyOurs(CapturedOutput output) {
		runWith(Map.of("CLUSTER_SYNC_NODE_TIMEOUT", "5s", "CLUSTER_SERVICE_HOST", "10.0.0.1", "CLUSTER_PORT_7800_TCP",
				"tcp://10.0.0.1:7800", "CLUSTER_PORT_7800_TCP_PORT", "7800", "CLUSTER_DISTRIBUTED_X_TIMEOUT", "5s",
				"CLUSTER_SYNC_NODES_OPTIONAL_0", "n1@local"));
		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith(
					"The environment variable CLUSTER_SYNC_NODE_TIMEOUT is no property of the cluster and has no effect. "
							+ "Did you mean 'CLUSTER_SYNCNODESTIMEOUT'?");
	}

	@Test
	void durationOfAVariableIsCheckedToo(CapturedOutput output) {
		runWith(Map.of("CLUSTER_DISTRIBUTED_X_TIMEOUT", "5"));
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("'cluster.distributed.x.timeout' is 5 without");
	}

	@Test
	void propertiesOfTheApplicationAreItsOwn(CapturedOutput output) {
		this.runner.withUserConfiguration(Own.class)
			.withPropertyValues("cluster.colours.first=red", "cluster.colour=red")
			.run((context) -> assertThat(context.getBean(Colours.class).first()).isEqualTo("red"));
		assertThat(warnings(output)).singleElement().asString().contains("'cluster.colour'");
	}

	private void runWith(Map<String, Object> variables) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								variables)))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("PropertyCheck")).toList();
	}

	@ConfigurationProperties("cluster.colours")
	record Colours(String first) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Colours.class)
	static class Own {

	}

}
