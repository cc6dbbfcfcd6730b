package io.clusterspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.history.ClusterHistory;
import io.clusterspring.stomp.DestinationHistory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the property {@code cluster.history.<name>.destinations}.
 */
class DestinationHistoryTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ClusterAutoConfiguration.class,
			PubSubAutoConfiguration.class, StompAutoConfiguration.class, JacksonAutoConfiguration.class);

	private static final String PRICES = "cluster.history.prices.destinations=";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class)
		.withPropertyValues("cluster.stomp.local-destinations=/topic/local/**");

	@Test
	void topicsAndDestinationsAreKeptApart() {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues(PRICES + "/topic/prices.*", "cluster.history.rooms.topics=room:*")
			.run((context) -> {
				assertThat(context.getBean(ClusterHistory.class).keeps("room:1")).isTrue();
				assertThat(context.getBean(ClusterHistory.class).keeps("/topic/prices.eur")).isFalse();
				assertThat(context.getBean(DestinationHistory.class).isUsed()).isTrue();
			});
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues("cluster.history.rooms.topics=*")
			.run((context) -> assertThat(context.getBean(DestinationHistory.class).isUsed()).isFalse());
	}

	@ParameterizedTest
	@CsvSource({ "/user/queue/prices, of users", "/user/*, of users", "/other/prices, destination prefix", "/*, prefix",
			"/topic/local/prices, local-destinations", "/topic/local/*, local-destinations" })
	void destinationsThatNothingCouldKeepFailTheBoot(String destination, String reason) {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues(PRICES + destination)
			.run((context) -> assertThat(refusal(context.getStartupFailure())).contains(reason));
	}

	@Test
	void destinationsWithoutASimpleBrokerFailTheBoot() {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues(PRICES + "/topic/prices", "cluster.stomp.enabled=false")
			.run((context) -> assertThat(refusal(context.getStartupFailure())).contains("no simple STOMP broker"));
		this.runner.withPropertyValues(PRICES + "/topic/prices")
			.run((context) -> assertThat(refusal(context.getStartupFailure())).contains("no simple STOMP broker"));
		this.runner.withUserConfiguration(StompAutoConfigurationTests.Relay.class)
			.withPropertyValues(PRICES + "/topic/prices")
			.run((context) -> assertThat(refusal(context.getStartupFailure())).contains("no simple STOMP broker"));
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class)
			.withPropertyValues(PRICES + "/topic/prices")
			.run((context) -> assertThat(refusal(context.getStartupFailure())).contains("no simple STOMP broker"));
	}

	private static String refusal(Throwable failure) {
		assertThat(failure).isNotNull();
		Throwable cause = failure;
		while (!(cause instanceof InvalidConfigurationPropertyValueException) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		assertThat(cause).isInstanceOf(InvalidConfigurationPropertyValueException.class);
		InvalidConfigurationPropertyValueException refusal = (InvalidConfigurationPropertyValueException) cause;
		assertThat(refusal.getName()).isEqualTo("cluster.history.prices.destinations");
		return refusal.getReason();
	}

	@ParameterizedTest
	@CsvSource({ "/topic/a*, /topic/ab", "/topic/a, /topic/a" })
	void twoHistoriesOfOneDestinationFailTheBoot(String one, String other) {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues("cluster.history.a.destinations=" + one, "cluster.history.b.destinations=" + other)
			.run((context) -> assertThat(text(context)).contains("cluster.history.b.destinations", "match the same"));
	}

	@Test
	void aPatternInTheMiddleFailsTheBoot() {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues(PRICES + "/topic/*/eur")
			.run((context) -> assertThat(text(context)).contains("cluster.history.prices.destinations",
					"at the end of a destination only"));
	}

	private static String text(AssertableWebApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		assertThat(failure).isNotNull();
		StringBuilder text = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			text.append(cause).append(' ');
		}
		return text.toString().replace("'history.", "'cluster.history.").replace("'history[", "'");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Simple implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/ws");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic", "/queue", "/user/queue");
		}

	}

}
