package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.MultiServerUserRegistry;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurationSupport;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.expiry.UserExpiry;
import io.clusterspring.interest.Interests;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.stomp.BridgeObserver;
import io.clusterspring.stomp.BrokerBridge;
import io.clusterspring.stomp.ClusterUsers;
import io.clusterspring.stomp.DestinationHistory;
import io.clusterspring.stomp.ReceiptInterceptor;
import io.clusterspring.stomp.StompExpiry;
import io.clusterspring.stomp.StompRouting;
import io.clusterspring.stomp.StompSessions;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration that makes Spring's simple STOMP broker cluster-wide. It does
 * nothing for an application with a relay to an external broker.
 */
@AutoConfiguration(after = ClusterAutoConfiguration.class)
@ConditionalOnClass({ BrokerBridge.class, WebSocketMessageBrokerConfigurationSupport.class,
		SimpleBrokerMessageHandler.class })
@ConditionalOnBean({ ClusterWire.class, WebSocketMessageBrokerConfigurationSupport.class })
@ConditionalOnBooleanProperty(name = "cluster.stomp.enabled", matchIfMissing = true)
@Import({ RevocationConfiguration.class, ExpiryConfiguration.class })
public final class StompAutoConfiguration {

	/**
	 * Name of the executor, with one thread, that passes messages of other nodes to the
	 * broker.
	 */
	static final String BROKER_EXECUTOR_BEAN_NAME = "clusterStompExecutor";

	/**
	 * Name of the executor that closes sessions: when the node stops, and of users who
	 * are disconnected. It has many threads, because each may wait for a client that does
	 * not read.
	 */
	static final String CLOSING_EXECUTOR_BEAN_NAME = "clusterStompClosingExecutor";

	private static final int CLOSING_THREADS = 64;

	@Bean(name = BROKER_EXECUTOR_BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = BROKER_EXECUTOR_BEAN_NAME)
	AsyncTaskExecutor clusterStompExecutor(Environment environment) {
		return executor(environment, "cluster-stomp-", 1);
	}

	@Bean(name = CLOSING_EXECUTOR_BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = CLOSING_EXECUTOR_BEAN_NAME)
	AsyncTaskExecutor clusterStompClosingExecutor(Environment environment) {
		return executor(environment, "cluster-stomp-close-", CLOSING_THREADS);
	}

	private static AsyncTaskExecutor executor(Environment environment, String threadNamePrefix, int threads) {
		return Threading.VIRTUAL.isActive(environment) ? new VirtualThreadTaskExecutor(threadNamePrefix)
				: ClusterExecutorConfiguration.pool(new ThreadPoolTaskExecutorBuilder(), threadNamePrefix, threads);
	}

	@Bean
	ClusterUsers clusterUsers(ClusterWire wire,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor, ClusterProperties properties,
			ApplicationEventPublisher publisher) {
		return new ClusterUsers(wire, executor, properties.stomp().queueCapacity(), publisher);
	}

	@Bean
	static UsersPostProcessor clusterUsersPostProcessor(ObjectProvider<ClusterUsers> users) {
		return new UsersPostProcessor(users);
	}

	@Bean
	StompRouting stompRouting(ObjectProvider<Interests> interests, ObjectProvider<StompSessions> sessions) {
		SingletonSupplier<StompSessions> known = SingletonSupplier.of(sessions::getObject);
		return new StompRouting(interests.getIfAvailable(), (id) -> known.obtain().isClosed(id));
	}

	@Bean
	@ConditionalOnMissingBean
	@Nullable BrokerBridge brokerBridge(@Qualifier("simpleBrokerMessageHandler") @Nullable AbstractBrokerMessageHandler broker,
			@Qualifier("stompBrokerRelayMessageHandler") @Nullable AbstractBrokerMessageHandler relay,
			UserDestinationResolver resolver, @Qualifier("brokerMessagingTemplate") SimpMessagingTemplate template,
			@Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler, ClusterUsers users, ClusterWire wire,
			@Qualifier(BROKER_EXECUTOR_BEAN_NAME) Executor executor, ObjectProvider<BridgeObserver> observer,
			ClusterProperties properties, StompRouting routing, DestinationHistory history) {
		if (relay == null && broker instanceof SimpleBrokerMessageHandler simple) {
			KeptDestinations.check(properties, simple, template.getUserDestinationPrefix());
			beat(simple, scheduler, properties.stomp().heartbeat().toMillis());
			return new BrokerBridge(simple, resolver, template.getUserDestinationPrefix(),
					properties.stomp().localDestinations(), users, wire,
					new Mailbox(executor, properties.pubsub().mailboxCapacity()),
					observer.getIfAvailable(() -> BridgeObserver.NONE), scheduler, routing, history);
		}
		UnservedDestinationsConfiguration.refuse(properties);
		return null;
	}

	// an application that has set either decides itself
	private static void beat(SimpleBrokerMessageHandler broker, TaskScheduler scheduler, long millis) {
		if (millis > 0 && broker.getTaskScheduler() == null && broker.getHeartbeatValue() == null) {
			broker.setHeartbeatValue(new long[] { millis, millis });
			broker.setTaskScheduler(scheduler);
		}
	}

	@Bean(name = UnservedDestinationsConfiguration.KEEPER)
	DestinationHistory clusterDestinationHistory(ClusterWire wire, ClusterProperties properties,
			@Qualifier(BROKER_EXECUTOR_BEAN_NAME) Executor executor, StompSessions sessions) {
		int capacity = properties.pubsub().mailboxCapacity();
		return new DestinationHistory(wire, properties.destinationHistories(), new Mailbox(executor, capacity),
				capacity, sessions);
	}

	@Bean
	StompSessions stompSessions(ObjectProvider<BrokerBridge> bridge,
			@Qualifier(CLOSING_EXECUTOR_BEAN_NAME) Executor executor, Revocations revocations) {
		return new StompSessions(bridge::getIfAvailable, executor, revocations);
	}

	@Bean
	SessionConfigurer stompSessionConfigurer(StompSessions sessions) {
		return new SessionConfigurer(sessions);
	}

	@Bean
	@ConditionalOnBean(UserExpiry.class)
	@ConditionalOnBooleanProperty(name = "cluster.stomp.expire-with-token", matchIfMissing = true)
	StompExpiry stompExpiry(ObjectProvider<UserExpiry> expiries, StompSessions sessions) {
		return new StompExpiry(new UserExpiries(expiries.orderedStream().toList()), sessions);
	}

	@Bean
	@ConditionalOnBean(StompExpiry.class)
	ExpiryConfigurer stompExpiryConfigurer(StompExpiry expiry) {
		return new ExpiryConfigurer(expiry);
	}

	@Bean
	SmartInitializingSingleton stompHandshakes(StompSessions sessions,
			@Qualifier("stompWebSocketHandlerMapping") ObjectProvider<SimpleUrlHandlerMapping> mapping) {
		return () -> mapping.ifAvailable(sessions::guard);
	}

	@Bean
	SockJsNotice stompSockJsNotice(
			@Qualifier("stompWebSocketHandlerMapping") ObjectProvider<SimpleUrlHandlerMapping> mapping) {
		return new SockJsNotice(mapping);
	}

	@Bean
	@ConditionalOnBooleanProperty("cluster.stomp.receipts.enabled")
	SmartInitializingSingleton stompReceipts(ObjectProvider<BrokerBridge> bridge,
			@Qualifier("clientInboundChannel") AbstractSubscribableChannel fromClients,
			@Qualifier("clientOutboundChannel") AbstractSubscribableChannel toClients, StompRouting routing,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor) {
		return () -> bridge
			.ifAvailable((present) -> ReceiptInterceptor.install(fromClients, toClients, routing, executor));
	}

	/**
	 * Registers the sessions of clients by the innermost decorator of Spring's handler,
	 * and what is on its way to them by the first interceptor of the channel to clients.
	 * Decorators and interceptors of the application see both unchanged.
	 *
	 * @param sessions the sessions
	 */
	record SessionConfigurer(StompSessions sessions) implements WebSocketMessageBrokerConfigurer, Ordered {

		@Override
		public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
			registry.addDecoratorFactory(this.sessions::decorate);
		}

		@Override
		public void configureClientOutboundChannel(ChannelRegistration registration) {
			registration.interceptors(this.sessions.interceptor());
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

	/**
	 * Registers the sessions of clients, to end them with the authentication of their
	 * users.
	 *
	 * @param expiry ends the sessions
	 */
	record ExpiryConfigurer(StompExpiry expiry) implements WebSocketMessageBrokerConfigurer, Ordered {

		@Override
		public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
			registry.addDecoratorFactory(this.expiry::decorate);
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

	/**
	 * Replaces Spring's user registry, which has the users of one node, by the registry
	 * of the cluster. All beans that use the registry get it, Spring's own included.
	 *
	 * @param users the users of the cluster
	 */
	record UsersPostProcessor(ObjectProvider<ClusterUsers> users) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (beanName.equals("userRegistry") && bean instanceof SimpUserRegistry registry
					&& !(bean instanceof MultiServerUserRegistry)) {
				return this.users.getObject().over(registry);
			}
			if (bean.getClass() == DefaultUserDestinationResolver.class) {
				return this.users.getObject().over((DefaultUserDestinationResolver) bean);
			}
			return bean;
		}

	}

}
