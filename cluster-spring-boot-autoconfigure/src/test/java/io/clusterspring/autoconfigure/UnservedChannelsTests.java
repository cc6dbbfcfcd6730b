package io.clusterspring.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.socket.WebSocketHandler;

import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException;
import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException.Reason;
import io.clusterspring.channel.ChannelController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for channels that no client could join.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnservedChannelsTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ClusterAutoConfiguration.class,
			PubSubAutoConfiguration.class, ChannelAutoConfiguration.class);

	@Test
	void reactiveApplicationWithChannelsIsRefused() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Rooms.class)) {
			assertThatExceptionOfType(UnservedChannelsException.class)
				.isThrownBy(() -> UnservedChannelsConfiguration.Reactive
					.clusterReactiveChannelsCheck(context.getBeanFactory())
					.afterSingletonsInstantiated())
				.withMessageContaining(Rooms.class.getName());
		}
	}

	@Test
	void reactiveApplicationWithoutChannelsIsNot() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(String.class)) {
			assertThatCode(
					() -> UnservedChannelsConfiguration.Reactive.clusterReactiveChannelsCheck(context.getBeanFactory())
						.afterSingletonsInstantiated())
				.doesNotThrowAnyException();
		}
	}

	@Test
	void applicationWithoutAWebServerIsWarned(CapturedOutput output) {
		ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);
		runner.run((context) -> assertThat(context).hasNotFailed());
		runner.withUserConfiguration(Rooms.class)
			.withPropertyValues("cluster.channels.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("No client can join");
		runner.withUserConfiguration(Rooms.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.containsOnlyOnce("No client can join the channels of " + Rooms.class.getName()
					+ ", because this application has no web server. ")
			.contains("Use the dependency cluster-spring-boot-starter");
	}

	@Test
	void applicationWithoutSpringsWebSocketSupportIsWarned(CapturedOutput output) {
		WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class, Rooms.class);
		runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("No client can join");
		runner.withClassLoader(new FilteredClassLoader(WebSocketHandler.class))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("No client can join the channels of " + Rooms.class.getName()
				+ ", because spring-websocket is not on the class path. ");
	}

	@Test
	void reasonsAreExplained() {
		FailureAnalysis reactive = analysis(Reason.REACTIVE);
		assertThat(reactive.getDescription()).contains("WebFlux", "the.Rooms");
		assertThat(reactive.getAction()).contains("cluster-spring-boot-starter", "cluster.channels.enabled=false");
		FailureAnalysis child = analysis(Reason.CHILD);
		assertThat(child.getDescription()).contains("child context", "the.Rooms");
		assertThat(child.getAction()).contains("parent context");
	}

	private static FailureAnalysis analysis(Reason reason) {
		Throwable failure = new UnservedChannelsException(reason, List.of("the.Rooms"));
		return FailureAnalyses.of(failure);
	}

	@ChannelController("room:{room}")
	static class Rooms {

	}

}
