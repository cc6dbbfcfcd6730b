package io.clusterspring.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import io.clusterspring.Cluster;
import io.clusterspring.channel.longpoll.LongPollEndpoint;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.websocket.ChannelEndpoint;
import io.clusterspring.wire.ClusterWire;

/**
 * The endpoints of clients. On Tomcat, WebSocket uses Tomcat's own upgrade API.
 */
@Configuration(proxyBeanMethods = false)
class ChannelEndpointConfiguration {

	// it comes before the application's own controllers, like Spring's WebSocket mapping
	private static final int ORDER = 1;

	@Bean
	SimpleUrlHandlerMapping channelEndpointMapping(ChannelEndpoint endpoint, ObjectProvider<LongPollEndpoint> longPoll,
			ClusterProperties properties) {
		Map<String, Object> handlers = new HashMap<>();
		for (String path : properties.channels().paths()) {
			// phoenix.js sends two slashes for new Socket("/socket/")
			for (String separator : new String[] { "/", "//" }) {
				handlers.put(path + separator + "websocket", endpoint);
				longPoll.ifAvailable((polled) -> handlers.put(path + separator + "longpoll", polled));
			}
		}
		return new SimpleUrlHandlerMapping(handlers, ORDER);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(type = "org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory")
	static class Tomcat {

		@Bean
		@ConditionalOnMissingBean
		ChannelEndpoint channelEndpoint(ChannelServer server, ClusterProperties properties, SocketBudget budget) {
			return ChannelEndpoint.tomcat(server, WebSettings.sockets(properties.channels()),
					properties.channels().allowedOrigins(), budget.sockets());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "cluster.channels.long-poll.enabled", matchIfMissing = true)
	static class LongPoll {

		@Bean
		@ConditionalOnMissingBean
		LongPollEndpoint longPollEndpoint(ChannelServer server, Cluster cluster, ClusterWire wire,
				ClusterProperties properties,
				@Qualifier(ClusterAutoConfiguration.INTERNAL_EXECUTOR_BEAN_NAME) Executor executor) {
			return new LongPollEndpoint(server, cluster, wire, WebSettings.longPoll(properties.channels()),
					properties.channels().allowedOrigins(), executor);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Portable {

		@Bean
		@ConditionalOnMissingBean
		ChannelEndpoint channelEndpoint(ChannelServer server, ClusterProperties properties, SocketBudget budget) {
			return ChannelEndpoint.portable(server, WebSettings.sockets(properties.channels()),
					properties.channels().allowedOrigins(), budget.sockets());
		}

	}

}
