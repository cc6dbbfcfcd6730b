package io.clusterspring.autoconfigure;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the registry of subscriptions that {@link StompAutoConfiguration} watches.
 */
class StompRoutingAutoConfigurationTests {

	private static final AntPathMatcher MATCHER = new AntPathMatcher(".");

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				StompAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);

	@Test
	void theRegistryHasTheSettingsOfTheApplication() {
		this.runner.withUserConfiguration(Tuned.class).run((context) -> {
			DefaultSubscriptionRegistry registry = registry(context);
			assertThat(registry.getClass()).isNotEqualTo(DefaultSubscriptionRegistry.class);
			assertThat(registry.getPathMatcher()).isSameAs(MATCHER);
			assertThat(registry.getCacheLimit()).isEqualTo(7);
			assertThat(registry.getSelectorHeaderName()).isEqualTo("chosen");
		});
	}

	@Test
	void theRegistryIsSpringsWithoutRouting() {
		this.runner.withUserConfiguration(Tuned.class)
			.withPropertyValues("cluster.pubsub.routing.enabled=false")
			.run((context) -> assertThat(registry(context).getClass()).isEqualTo(DefaultSubscriptionRegistry.class));
	}

	@Test
	void aRegistryOfTheApplicationStays() {
		this.runner.withUserConfiguration(WithRegistry.class)
			.run((context) -> assertThat(registry(context).getClass()).isEqualTo(OwnRegistry.class));
	}

	private static DefaultSubscriptionRegistry registry(ApplicationContext context) {
		return (DefaultSubscriptionRegistry) context.getBean(SimpleBrokerMessageHandler.class)
			.getSubscriptionRegistry();
	}

	private static BeanPostProcessor ofBroker(Consumer<SimpleBrokerMessageHandler> change) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				if (bean instanceof SimpleBrokerMessageHandler broker) {
					change.accept(broker);
				}
				return bean;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Tuned extends StompAutoConfigurationTests.Simple {

		@Bean
		static BeanPostProcessor tunedRegistry() {
			return ofBroker((broker) -> {
				DefaultSubscriptionRegistry registry = (DefaultSubscriptionRegistry) broker.getSubscriptionRegistry();
				registry.setPathMatcher(MATCHER);
				registry.setCacheLimit(7);
				registry.setSelectorHeaderName("chosen");
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class WithRegistry extends StompAutoConfigurationTests.Simple {

		@Bean
		static BeanPostProcessor ownRegistry() {
			return ofBroker((broker) -> broker.setSubscriptionRegistry(new OwnRegistry()));
		}

	}

	private static final class OwnRegistry extends DefaultSubscriptionRegistry {

	}

}
