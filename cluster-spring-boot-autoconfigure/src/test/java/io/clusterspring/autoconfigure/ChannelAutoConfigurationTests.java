package io.clusterspring.autoconfigure;

import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.messaging.Message;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketSession;

import io.clusterspring.ManagedCluster;
import io.clusterspring.actuate.ClusterActuatorAutoConfiguration;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.longpoll.LongPollEndpoint;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.websocket.ChannelEndpoint;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.pubsub.PubSub;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelAutoConfiguration}.
 */
class ChannelAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ClusterAutoConfiguration.class,
			PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, DrainAutoConfiguration.class,
			JacksonAutoConfiguration.class, ValidationAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);

	@Test
	void socketsAreMountedAtTheirPaths() {
		this.runner.run((context) -> assertThat(urls(context)).containsOnlyKeys("/socket/websocket", "/socket/longpoll",
				"/socket//websocket", "/socket//longpoll"));
		this.runner.withPropertyValues("cluster.channels.paths=/live,/admin/live")
			.run((context) -> assertThat(urls(context))
				.containsKeys("/live/websocket", "/live/longpoll", "/admin/live/websocket", "/admin/live/longpoll")
				.hasSize(8));
	}

	@Test
	void longPollingCanBeTurnedOff() {
		this.runner.withPropertyValues("cluster.channels.long-poll.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(LongPollEndpoint.class);
			assertThat(urls(context)).containsOnlyKeys("/socket/websocket", "/socket//websocket");
		});
	}

	private static Map<String, ?> urls(ApplicationContext context) {
		return context.getBean(SimpleUrlHandlerMapping.class).getUrlMap();
	}

	@Test
	void aControllerForASocketThatDoesNotExistFailsTheBoot() {
		this.runner.withUserConfiguration(AdminRooms.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("Channel handler " + AdminRooms.class.getName()
						+ " for 'room:{room}' is for the socket '/admin/socket', but cluster.channels.paths is [/socket]"));
	}

	@Test
	void broadcastsAreDeliveredByThreadsOfTheirOwn() {
		this.runner.run((context) -> {
			ThreadPoolTaskExecutor executor = context.getBean(ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME,
					ThreadPoolTaskExecutor.class);
			assertThat(executor.getThreadNamePrefix()).isEqualTo("cluster-delivery-");
			assertThat(executor.getCorePoolSize()).isGreaterThanOrEqualTo(2);
		});
		SyncTaskExecutor own = new SyncTaskExecutor();
		this.runner.withBean(ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME, SyncTaskExecutor.class, () -> own)
			.run((context) -> assertThat(context).getBean(ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME)
				.isSameAs(own));
	}

	@Test
	void neitherOneSocketNorOneControllerHasAllThreads() {
		ThreadPoolTaskExecutor own = new ThreadPoolTaskExecutor();
		own.setCorePoolSize(16);
		assertThat(handlerLimits(this.runner.withPropertyValues("cluster.executor.threads=8"))).isEqualTo("2 of 6");
		assertThat(handlerLimits(this.runner.withPropertyValues("cluster.executor.threads-per-socket=1",
				"cluster.executor.threads-per-controller=3")))
			.isEqualTo("1 of 3");
		assertThat(handlerLimits(this.runner.withBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME,
				ThreadPoolTaskExecutor.class, () -> own)))
			.isEqualTo("2 of 12");
	}

	private static String handlerLimits(WebApplicationContextRunner runner) {
		String[] limits = new String[1];
		runner.run((context) -> {
			ChannelSettings settings = (ChannelSettings) Objects
				.requireNonNull(ReflectionTestUtils.getField(context.getBean(ChannelServer.class), "settings"));
			limits[0] = settings.handlers().threadsPerSocket() + " of " + settings.handlers().threadsPerController();
		});
		return limits[0];
	}

	@Test
	void aControllerMayUseTheChannels() {
		this.runner.withUserConfiguration(Rooms.class)
			.run((context) -> assertThat(context.getBean(Rooms.class).channels)
				.isSameAs(context.getBean(Channels.class)));
	}

	@Test
	void twoControllersForTheSameTopicsFailTheBoot() {
		this.runner.withUserConfiguration(Rooms.class, OtherRooms.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessage("Two channel handlers have patterns for the same topics: 'room:{room}' of "
						+ Rooms.class.getName() + " and 'room:{name}' of " + OtherRooms.class.getName()));
	}

	@Test
	void handlerMethodThatNothingCallsFailsTheBoot() {
		this.runner.withUserConfiguration(Lost.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ChannelMappingException.class)
				.hasMessage(
						"No channel calls Lost.ping, because " + Lost.class.getName() + " is no @ChannelController"));
	}

	@Test
	void parameterThatCannotBeSuppliedFailsTheBoot() {
		this.runner.withUserConfiguration(Unsupported.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ChannelMappingException.class)
				.hasMessageStartingWith(
						"The @OnEvent method " + Unsupported.class.getName() + ".ping cannot be called"));
	}

	@Test
	void theyHaveMeters() {
		this.runner.withConfiguration(AutoConfigurations.of(ClusterActuatorAutoConfiguration.class)).run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean("channelMetrics", MeterBinder.class).bindTo(registry);
			context.getBean("longPollMetrics", MeterBinder.class).bindTo(registry);
			assertThat(registry.get("cluster.channels.binary.dropped").functionCounter().count()).isZero();
			assertThat(registry.get("cluster.channels.long-poll.sessions").gauge().value()).isZero();
			assertThat(registry.get("cluster.channels.long-poll.refused").functionCounter().count()).isZero();
			for (ChannelLimit limit : ChannelLimit.values()) {
				assertThat(registry.get("cluster.channels.limited")
					.tag("limit", limit.property())
					.functionCounter()
					.count()).isZero();
			}
			assertThat(registry.find("cluster.channels.limited").tag("limit", "idle-timeout").meters()).hasSize(1);
		});
	}

	@Test
	void socketsAreClosedBeforeTheWebServerAndLongBeforeTheCluster() {
		this.runner.run((context) -> {
			ConnectionDrain drain = context.getBean(ConnectionDrain.class);
			assertThat(drain.isRunning()).isTrue();
			assertThat(drain.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
				.isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
				.isGreaterThan(ManagedCluster.PHASE);
		});
	}

	@Test
	void theyCanBeTurnedOff() {
		this.runner.withPropertyValues("cluster.channels.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(PubSub.class).doesNotHaveBean(Channels.class));
	}

	@Test
	void withoutAWebServerNobodyConnectsButChannelsCanBeSpokenTo() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class)
			.run((context) -> assertThat(context).hasSingleBean(Channels.class).doesNotHaveBean(ChannelEndpoint.class));
	}

	@Test
	void withoutSpringsWebSocketNobodyConnectsButChannelsCanBeSpokenTo() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web.socket"))
			.run((context) -> assertThat(context).hasSingleBean(Channels.class).doesNotHaveBean(ChannelEndpoint.class));
	}

	@Test
	void thereAreNoneWithoutSpringsMessaging() {
		this.runner.withClassLoader(new FilteredClassLoader(Message.class))
			.run((context) -> assertThat(context).hasSingleBean(PubSub.class).doesNotHaveBean(Channels.class));
	}

	@Test
	void theyWorkWithoutBeanValidation() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
			.withUserConfiguration(Rooms.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Channels.class));
	}

	@Test
	void theyWorkWithoutTomcat() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.apache.catalina", "org.apache.coyote", "org.apache.tomcat",
					"org.springframework.boot.tomcat"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ChannelEndpoint.class));
	}

	@ChannelController("room:{room}")
	static class Rooms {

		@Autowired
		private Channels channels;

	}

	@ChannelController(value = "room:{room}", socket = "/admin/socket")
	static class AdminRooms {

	}

	static class Lost {

		@OnEvent("ping")
		void ping() {
		}

	}

	@ChannelController("room:{name}")
	static class Unsupported {

		@OnEvent("ping")
		void ping(WebSocketSession session) {
		}

	}

	@ChannelController("room:{name}")
	static class OtherRooms {

	}

}
