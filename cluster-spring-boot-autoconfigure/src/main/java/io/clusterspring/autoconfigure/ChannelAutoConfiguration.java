package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.validation.Validator;
import org.springframework.web.socket.WebSocketHandler;

import io.clusterspring.channel.ChannelCallInterceptor;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.controller.ChannelControllers;
import io.clusterspring.channel.limit.HandlerLimits;
import io.clusterspring.channel.server.ChannelParts;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.drain.Drainable;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.expiry.UserExpiry;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for Phoenix Channels. Without a web server and Spring's WebSocket
 * support, no client can connect to this node, but the node can broadcast to clients of
 * other nodes.
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class,
		afterName = { "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnClass({ ChannelServer.class, Message.class })
@ConditionalOnBean({ ClusterWire.class, PubSub.class })
@ConditionalOnBooleanProperty(name = "cluster.channels.enabled", matchIfMissing = true)
@Import({ RevocationConfiguration.class, ExpiryConfiguration.class })
public final class ChannelAutoConfiguration {

	/**
	 * Name of the executor that delivers broadcasts to connections and handles presence.
	 * It runs no code of the application, so that no handler can block it.
	 */
	public static final String DELIVERY_EXECUTOR_BEAN_NAME = "clusterDeliveryExecutor";

	@Bean
	@ConditionalOnMissingBean(Channels.class)
	ChannelServer channels(Revocations revocations, PubSub pubSub, PayloadCodec codec, ListableBeanFactory beanFactory,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor,
			@Qualifier(DELIVERY_EXECUTOR_BEAN_NAME) Executor deliveries, ClusterProperties properties) {
		ChannelSettings settings = WebSettings.channels(properties.channels(), handlerLimits(properties, executor));
		return new ChannelServer(revocations, pubSub, codec, executor, deliveries, settings,
				() -> parts(beanFactory, codec, properties.channels().expireWithToken()));
	}

	private static HandlerLimits handlerLimits(ClusterProperties properties, Executor executor) {
		HandlerLimits limits = WebSettings.handlers(properties);
		if (executor instanceof ThreadPoolTaskExecutor pool) {
			// a pool grows beyond its core size only when its queue is full
			return limits.forThreads((pool.getQueueCapacity() > 0) ? pool.getCorePoolSize() : pool.getMaxPoolSize());
		}
		return limits;
	}

	@Bean
	@ConditionalOnMissingBean(name = "channelDrainable")
	Drainable channelDrainable(ChannelServer server) {
		return server.drainable();
	}

	private static ChannelParts parts(ListableBeanFactory beans, PayloadCodec codec, boolean expire) {
		ChannelControllers controllers = new ChannelControllers(beans.getBeanProvider(Validator.class).getIfUnique(),
				codec);
		List<ChannelRoute> routes = Stream
			.concat(beans.getBeanProvider(ChannelRoute.class).orderedStream(), controllers.routes(beans).stream())
			.toList();
		return new ChannelParts(routes, beans.getBeanProvider(SocketAuthorizer.class).orderedStream().toList(),
				beans.getBeanProvider(ChannelCallInterceptor.class).orderedStream().toList(),
				expire ? new UserExpiries(beans.getBeanProvider(UserExpiry.class).orderedStream().toList())
						: UserExpiries.NONE);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(WebSocketHandler.class)
	@Import({ ChannelEndpointConfiguration.Tomcat.class, ChannelEndpointConfiguration.Portable.class,
			ChannelEndpointConfiguration.LongPoll.class, ChannelEndpointConfiguration.class,
			TomcatConfiguration.class })
	static class Endpoints {

		@Bean
		SocketBudget clusterSocketBudget(ClusterProperties properties, Environment environment) {
			return SocketBudget.of(properties.channels(), environment);
		}

	}

	/**
	 * The executor that delivers broadcasts to connections and handles presence. It runs
	 * no code of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Deliveries {

		@Bean(name = DELIVERY_EXECUTOR_BEAN_NAME, defaultCandidate = false)
		@ConditionalOnMissingBean(name = DELIVERY_EXECUTOR_BEAN_NAME)
		ThreadPoolTaskExecutor clusterDeliveryExecutor() {
			return ClusterExecutorConfiguration.pool("cluster-delivery-");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SecurityContextHolder.class)
	static class Security {

		@Bean
		@ConditionalOnMissingBean
		SecurityContextInterceptor channelSecurityContextInterceptor(
				ObjectProvider<SecurityContextHolderStrategy> strategy) {
			return new SecurityContextInterceptor(
					strategy.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
		}

	}

}
