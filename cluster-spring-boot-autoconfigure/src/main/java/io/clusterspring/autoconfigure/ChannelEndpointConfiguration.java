package io.clusterspring.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import io.clusterspring.channel.ChannelServer;
import io.clusterspring.channel.websocket.ChannelEndpoint;

/**
 * Where WebSocket clients connect. On Tomcat its own upgrade API is used.
 */
@Configuration(proxyBeanMethods = false)
class ChannelEndpointConfiguration {

	// before the application's own controllers, as Spring's websocket mapping
	private static final int ORDER = 1;

	@Bean
	SimpleUrlHandlerMapping channelEndpointMapping(ChannelEndpoint endpoint, ClusterProperties properties) {
		Map<String, Object> handlers = new HashMap<>();
		properties.channels().paths().forEach((path) -> handlers.put(path + "/websocket", endpoint));
		return new SimpleUrlHandlerMapping(handlers, ORDER);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(type = "org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory")
	static class Tomcat {

		@Bean
		@ConditionalOnMissingBean
		ChannelEndpoint channelEndpoint(ChannelServer server, ClusterProperties properties) {
			return ChannelEndpoint.tomcat(server, properties.channels().limits(),
					properties.channels().allowedOrigins());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Portable {

		@Bean
		@ConditionalOnMissingBean
		ChannelEndpoint channelEndpoint(ChannelServer server, ClusterProperties properties,
				@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor) {
			return ChannelEndpoint.portable(server, properties.channels().limits(),
					properties.channels().allowedOrigins(), executor);
		}

	}

}
