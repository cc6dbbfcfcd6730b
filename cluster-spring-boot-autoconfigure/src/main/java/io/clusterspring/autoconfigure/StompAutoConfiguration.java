package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurationSupport;

import io.clusterspring.ClusterTransport;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.stomp.BrokerBridge;
import io.clusterspring.stomp.ClusterUsers;
import io.clusterspring.stomp.ReceiptInterceptor;
import io.clusterspring.stomp.StompSessions;

/**
 * Auto-configuration that makes Spring's simple STOMP broker cluster-wide. An application
 * with a relay to an external broker has a cluster already and is left alone.
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class)
@ConditionalOnClass({ WebSocketMessageBrokerConfigurationSupport.class, SimpleBrokerMessageHandler.class })
@ConditionalOnBean({ PubSub.class, ClusterTransport.class, WebSocketMessageBrokerConfigurationSupport.class })
@ConditionalOnBooleanProperty(name = "cluster.stomp.enabled", matchIfMissing = true)
public final class StompAutoConfiguration {

	@Bean
	ClusterUsers clusterUsers(ClusterTransport transport, PubSub pubSub,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor,
			ApplicationEventPublisher publisher) {
		return new ClusterUsers(transport.self(), pubSub, executor, publisher);
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
			@Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler, ClusterUsers users, PubSub pubSub,
			ClusterProperties properties) {
		if (relay == null && broker instanceof SimpleBrokerMessageHandler simple) {
			return new BrokerBridge(simple, resolver, template.getUserDestinationPrefix(),
					properties.stomp().localDestinations(), users, pubSub, scheduler);
		}
		return null;
	}

	@Bean
	StompSessions stompSessions(ObjectProvider<BrokerBridge> bridge,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor) {
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

}
