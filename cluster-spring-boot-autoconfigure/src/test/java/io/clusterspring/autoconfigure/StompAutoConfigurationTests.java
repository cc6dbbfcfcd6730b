package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.MultiServerUserRegistry;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeUp;
import io.clusterspring.actuate.ClusterActuatorAutoConfiguration;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.drain.Drainable;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.stomp.BrokerBridge;
import io.clusterspring.stomp.ClusterUsers;
import io.clusterspring.stomp.ReceiptInterceptor;
import io.clusterspring.stomp.StompSessions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StompAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StompAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				StompAutoConfiguration.class, DrainAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);

	@Test
	void anUnchangedApplicationIsBridged() {
		this.runner.withUserConfiguration(Simple.class).run((context) -> {
			assertThat(context).hasSingleBean(BrokerBridge.class).hasSingleBean(SimpUserRegistry.class);
			assertThat(context.getBean(BrokerBridge.class).isRunning()).isTrue();
			assertThat(context.getBean(SimpUserRegistry.class).getClass().getPackage())
				.isEqualTo(BrokerBridge.class.getPackage());
			assertThat(interceptors(context.getBean("clientInboundChannel")))
				.noneMatch(ReceiptInterceptor.class::isInstance);
		});
	}

	@Test
	void aBrokerWithoutLeadingSlashesIsBridged() {
		this.runner.withUserConfiguration(WithoutSlashes.class).run((context) -> {
			assertThat(context).hasSingleBean(BrokerBridge.class);
			assertThat(context.getBean(DefaultUserDestinationResolver.class).isRemoveLeadingSlash()).isTrue();
			assertThat(context.getBean(DefaultUserDestinationResolver.class).getDestinationPrefix()).isEqualTo("/me/");
		});
	}

	@Test
	void anApplicationWithARelayIsLeftAlone() {
		this.runner.withUserConfiguration(Relay.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanProvider(BrokerBridge.class).getIfAvailable()).isNull();
		});
	}

	@Test
	void anApplicationWithARelayAndARegistryOfAllServersKeepsIt() {
		this.runner.withUserConfiguration(RelayWithRegistry.class).run((context) -> {
			assertThat(context.getBean(SimpUserRegistry.class)).isInstanceOf(MultiServerUserRegistry.class);
			assertThat(context.getBean(UserDestinationResolver.class))
				.hasSameClassAs(new DefaultUserDestinationResolver(new DefaultSimpUserRegistry()));
		});
	}

	@Test
	void sessionsAreClosedBeforeTheBrokerStops() {
		this.runner.withUserConfiguration(Simple.class).run((context) -> {
			assertThat(context).hasSingleBean(Drainable.class).hasSingleBean(ConnectionDrain.class);
			assertThat(context.getBean(ConnectionDrain.class).getPhase())
				.isGreaterThan(context.getBean(BrokerBridge.class).getPhase());
		});
	}

	@Test
	void sessionsOfARelayAreItsOwn() {
		this.runner.withUserConfiguration(Relay.class).run((context) -> {
			WebSocketHandler handler = context.getBean(StompSessions.class).decorate(new AbstractWebSocketHandler() {
			});
			WebSocketSession session = new StandardWebSocketSession(null, null, null, null) {

				@Override
				public boolean isOpen() {
					return true;
				}

			};
			handler.afterConnectionEstablished(session);
			assertThat(context.getBean(StompSessions.class).size()).isZero();
		});
	}

	@Test
	void theBrokerHasAHeartbeatUnlessTheApplicationDecides() {
		this.runner.withUserConfiguration(Simple.class)
			.run((context) -> assertThat(heartbeat(context)).containsExactly(10_000, 10_000));
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues("cluster.stomp.heartbeat=4s")
			.run((context) -> assertThat(heartbeat(context)).containsExactly(4_000, 4_000));
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues("cluster.stomp.heartbeat=0")
			.run((context) -> assertThat(heartbeat(context)).isEmpty());
		this.runner.withUserConfiguration(Silent.class)
			.run((context) -> assertThat(heartbeat(context)).containsExactly(0, 0));
		this.runner.withUserConfiguration(Beating.class)
			.run((context) -> assertThat(heartbeat(context)).containsExactly(2_000, 3_000));
	}

	private static long[] heartbeat(ApplicationContext context) {
		SimpleBrokerMessageHandler broker = context.getBean(SimpleBrokerMessageHandler.class);
		long[] value = broker.getHeartbeatValue();
		assertThat(value == null || value[0] == 0 || broker.getTaskScheduler() != null).isTrue();
		return (value != null) ? value : new long[0];
	}

	@Test
	void stickySessionsAreAskedForOnceIfThereIsSockJs(CapturedOutput output) {
		NodeUp second = new NodeUp(Node.of("n2@local"),
				new ClusterView(2, List.of(Node.of("n1@local"), Node.of("n2@local"))));
		this.runner.withUserConfiguration(Simple.class).run((context) -> context.publishEvent(second));
		assertThat(output).doesNotContain("SockJS is enabled");
		this.runner.withUserConfiguration(WithSockJs.class).run((context) -> {
			assertThat(output).doesNotContain("SockJS is enabled");
			context.publishEvent(second);
			context.publishEvent(second);
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("SockJS is enabled"))).singleElement()
			.asString()
			.contains("INFO")
			.contains(
					"SockJS is enabled at [/sockjs/**], and the cluster has several nodes: a load balancer must send");
	}

	@Test
	void itCanBeTurnedOff() {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues("cluster.stomp.enabled=false")
			.run((context) -> {
				assertThat(context).hasSingleBean(PubSub.class)
					.doesNotHaveBean(BrokerBridge.class)
					.doesNotHaveBean(ClusterUsers.class)
					.doesNotHaveBean(ConnectionDrain.class);
				assertThat(context.getBean(SimpUserRegistry.class)).isInstanceOf(DefaultSimpUserRegistry.class);
			});
	}

	@Test
	void receiptsAreAnsweredIfAskedFor() {
		this.runner.withUserConfiguration(Simple.class)
			.withPropertyValues("cluster.stomp.receipts.enabled=true")
			.run((context) -> assertThat(interceptors(context.getBean("clientInboundChannel")))
				.hasAtLeastOneElementOfType(ReceiptInterceptor.class));
	}

	@Test
	void receiptsOfARelayAreItsOwn() {
		this.runner.withUserConfiguration(Relay.class)
			.withPropertyValues("cluster.stomp.receipts.enabled=true")
			.run((context) -> assertThat(interceptors(context.getBean("clientInboundChannel")))
				.noneMatch(ReceiptInterceptor.class::isInstance));
	}

	@Test
	void itIsMeasured() {
		this.runner.withConfiguration(AutoConfigurations.of(ClusterActuatorAutoConfiguration.class))
			.withUserConfiguration(Simple.class)
			.run((context) -> assertThat(meters(context.getBean("stompMetrics", MeterBinder.class)))
				.containsExactlyInAnyOrder("cluster.stomp.messages.sent", "cluster.stomp.messages.received",
						"cluster.stomp.users", "cluster.stomp.sessions", "cluster.stomp.sessions.opened",
						"cluster.stomp.sessions.closed", "cluster.stomp.frames", "cluster.stomp.dropped"));
	}

	@Test
	void aRelayIsNotMeasured() {
		this.runner.withConfiguration(AutoConfigurations.of(ClusterActuatorAutoConfiguration.class))
			.withUserConfiguration(Relay.class)
			.run((context) -> assertThat(meters(context.getBean("stompMetrics", MeterBinder.class))).isEmpty());
	}

	private static Set<String> meters(MeterBinder metrics) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		metrics.bindTo(registry);
		return registry.getMeters().stream().map((meter) -> meter.getId().getName()).collect(Collectors.toSet());
	}

	@Test
	void thereIsNoneWithoutABroker() {
		this.runner
			.run((context) -> assertThat(context).hasSingleBean(PubSub.class).doesNotHaveBean(ClusterUsers.class));
	}

	@Test
	void thereIsNoneWithoutSpringsWebSocketOrMessaging() {
		for (Class<?> missing : List.of(WebSocketHandler.class, Message.class)) {
			this.runner.withClassLoader(new FilteredClassLoader(missing.getPackageName()))
				.run((context) -> assertThat(context).hasSingleBean(PubSub.class).doesNotHaveBean("clusterUsers"));
		}
	}

	private static List<?> interceptors(Object channel) {
		return ((AbstractSubscribableChannel) channel).getInterceptors();
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
			registry.enableSimpleBroker("/topic");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithSockJs extends Simple {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/ws");
			registry.addEndpoint("/sockjs").withSockJS();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Silent extends Simple {

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic").setHeartbeatValue(new long[] { 0, 0 });
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beating extends Simple {

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
			registry.enableSimpleBroker("/topic")
				.setHeartbeatValue(new long[] { 2_000, 3_000 })
				.setTaskScheduler(scheduler);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutSlashes extends Simple {

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("topic.");
			registry.setUserDestinationPrefix("/me");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Relay extends Simple {

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableStompBrokerRelay("/topic").setAutoStartup(false);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RelayWithRegistry extends Simple {

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableStompBrokerRelay("/topic")
				.setAutoStartup(false)
				.setUserRegistryBroadcast("/topic/users")
				.setUserDestinationBroadcast("/topic/unresolved");
		}

	}

}
