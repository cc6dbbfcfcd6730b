package io.clusterspring.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channels;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.presence.Presence;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.stomp.UserSessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link MissingClusterBeanFailureAnalyzer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MissingClusterBeanFailureAnalyzerTests {

	@Test
	void bootWithoutTheClusterSaysWhatHasSwitchedABeanOff(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(NeedsPresence.class, "--cluster.enabled=false"));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"Parameter 0 of constructor",
				"required a bean of type 'io.clusterspring.presence.Presence' that could not be found, because the "
						+ "property 'cluster.enabled' is false.",
				"Action:", "cluster.transport=local", "ObjectProvider<Presence>");
	}

	@Test
	void applicationThatDoesWithoutTheBeansRuns() {
		try (ConfigurableApplicationContext context = run(TakesPresence.class, "--cluster.enabled=false")) {
			assertThat(context.getBean(TakesPresence.class).presence.getIfAvailable()).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "cluster.enabled, true", "cluster.presence.enabled, false", "cluster.channels.enabled, false",
			"cluster.stomp.enabled, false" })
	void switchOfTheClusterConcernsAllBeansAndThatOfAFeatureItsOwn(String property, boolean all) {
		long explained = Stream
			.of(Cluster.class, PubSub.class, PayloadCodec.class, DistributedApplications.class, Channels.class,
					Presence.class, UserSessions.class)
			.map((type) -> analyze(type, property, "FALSE"))
			.filter((analysis) -> analysis != null && analysis.getDescription().contains("'" + property + "' is false"))
			.count();
		assertThat(explained).isEqualTo(all ? 7 : 1);
	}

	@Test
	void switchOfAFeatureIsExplainedWithoutTheTransport() {
		FailureAnalysis analysis = analyze(Presence.class, "cluster.presence.enabled", "false");
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).isEqualTo("A component required a bean of type "
				+ "'io.clusterspring.presence.Presence' that could not be found, because the property "
				+ "'cluster.presence.enabled' is false.");
		assertThat(analysis.getAction()).contains("remove cluster.presence.enabled", "ObjectProvider<Presence>")
			.doesNotContain("cluster.transport");
	}

	@Test
	void whatHasAnotherCauseIsLeftToSpringBoot() {
		assertThat(analyze(Presence.class, "cluster.enabled", "true")).isNull();
		assertThat(analyze(Presence.class, "cluster.channels.enabled", "false")).isNull();
		assertThat(analyze(Runnable.class, "cluster.enabled", "false")).isNull();
		assertThat(new MissingClusterBeanFailureAnalyzer(new MockEnvironment().withProperty("cluster.enabled", "false"))
			.analyze(new NoSuchBeanDefinitionException("presence"))).isNull();
	}

	private static FailureAnalysis analyze(Class<?> type, String property, String value) {
		return new MissingClusterBeanFailureAnalyzer(new MockEnvironment().withProperty(property, value))
			.analyze(new NoSuchBeanDefinitionException(type));
	}

	private static ConfigurableApplicationContext run(Class<?> bean, String... arguments) {
		return new SpringApplicationBuilder(Application.class, bean).web(WebApplicationType.NONE)
			.run(Stream
				.concat(Stream.of("--cluster.transport=local", "--cluster.name=missing"), Arrays.stream(arguments))
				.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class NeedsPresence {

		NeedsPresence(Presence presence) {
		}

	}

	static class TakesPresence {

		private final ObjectProvider<Presence> presence;

		TakesPresence(ObjectProvider<Presence> presence) {
			this.presence = presence;
		}

	}

}
