package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurationSupport;

import io.clusterspring.actuate.ObservedBridge;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.stomp.BridgeObserver;
import io.clusterspring.stomp.BrokerBridge;
import io.clusterspring.stomp.ClusterUsers;
import io.clusterspring.stomp.ReceiptInterceptor;
import io.clusterspring.stomp.StompSessions;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration that makes Spring's simple STOMP broker cluster-wide. It does
 * nothing for an application with a relay to an external broker.
 */
@AutoConfiguration(after = ClusterAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ BrokerBridge.class, WebSocketMessageBrokerConfigurationSupport.class,
		SimpleBrokerMessageHandler.class })
@ConditionalOnBean({ ClusterWire.class, WebSocketMessageBrokerConfigurationSupport.class })
@ConditionalOnBooleanProperty(name = "cluster.stomp.enabled", matchIfMissing = true)
public final class StompAutoConfiguration {

	/**
	 * Name of the executor, with one thread, that passes messages of other nodes to the
	 * broker.
	 */
	static final String BROKER_EXECUTOR_BEAN_NAME = "clusterStompExecutor";

	/**
	 * Name of the executor that closes sessions when the node stops. It has many threads,
	 * because each may wait for a client that does not read.
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
	static ClusterUsersPostProcessor clusterUsersPostProcessor(ObjectProvider<ClusterUsers> users) {
		return new ClusterUsersPostProcessor(users);
	}

	@Bean
	@ConditionalOnMissingBean
	@Nullable BrokerBridge brokerBridge(@Qualifier("simpleBrokerMessageHandler") @Nullable AbstractBrokerMessageHandler broker,
			@Qualifier("stompBrokerRelayMessageHandler") @Nullable AbstractBrokerMessageHandler relay,
			UserDestinationResolver resolver, @Qualifier("brokerMessagingTemplate") SimpMessagingTemplate template,
			@Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler, ClusterUsers users, ClusterWire wire,
			@Qualifier(BROKER_EXECUTOR_BEAN_NAME) Executor executor, ObjectProvider<BridgeObserver> observer,
			ClusterProperties properties) {
		if (relay == null && broker instanceof SimpleBrokerMessageHandler simple) {
			return new BrokerBridge(simple, resolver, template.getUserDestinationPrefix(),
					properties.stomp().localDestinations(), users, wire,
					new Mailbox(executor, properties.pubsub().mailboxCapacity()),
					observer.getIfAvailable(() -> BridgeObserver.NONE), scheduler);
		}
		return null;
	}

	@Bean
	StompSessions stompSessions(ObjectProvider<BrokerBridge> bridge,
			@Qualifier(CLOSING_EXECUTOR_BEAN_NAME) Executor executor) {
		return new StompSessions(bridge::getIfAvailable, executor);
	}

	@Bean
	StompSessionConfigurer stompSessionConfigurer(StompSessions sessions) {
		return new StompSessionConfigurer(sessions);
	}

	@Bean
	SmartInitializingSingleton stompHandshakes(StompSessions sessions,
			@Qualifier("stompWebSocketHandlerMapping") ObjectProvider<SimpleUrlHandlerMapping> mapping) {
		return () -> mapping.ifAvailable(sessions::guard);
	}

	@Bean
	@ConditionalOnBooleanProperty("cluster.stomp.receipts.enabled")
	SmartInitializingSingleton stompReceipts(ObjectProvider<BrokerBridge> bridge,
			@Qualifier("clientInboundChannel") AbstractSubscribableChannel fromClients,
			@Qualifier("clientOutboundChannel") AbstractSubscribableChannel toClients) {
		return () -> bridge.ifAvailable((present) -> ReceiptInterceptor.install(fromClients, toClients));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	@ConditionalOnBean(ObservationRegistry.class)
	static class Observed {

		@Bean
		@ConditionalOnMissingBean(BridgeObserver.class)
		ObservedBridge observedBridge(ObservationRegistry registry) {
			return new ObservedBridge(registry);
		}

	}

}
