package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException;
import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException.Reason;
import io.clusterspring.channel.ChannelController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for channels that no client could join.
 */
class UnservedChannelsTests {

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
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	@ChannelController("room:{room}")
	static class Rooms {

	}

}
