package io.clusterspring.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Limits the number of sockets of a node.
 */
@Configuration(proxyBeanMethods = false)
class SocketBudgetConfiguration {

	private static final Log logger = LogFactory.getLog(SocketBudgetConfiguration.class);

	static final String TOMCAT_CONNECTIONS = "server.tomcat.max-connections";

	private static final String JETTY_CONNECTIONS = "server.jetty.max-connections";

	@Bean
	SocketBudget clusterSocketBudget(ClusterProperties properties, Environment environment) {
		ClusterProperties.Channels channels = properties.channels();
		Integer server = number(environment, TOMCAT_CONNECTIONS);
		int polls = channels.longPoll().enabled() ? channels.longPoll().maxSessions() : 0;
		long descriptors = SocketBudget.descriptors();
		SocketBudget budget = SocketBudget.of(descriptors, channels.maxSockets(),
				(server != null) ? server : number(environment, JETTY_CONNECTIONS), polls);
		if (!budget.fits()) {
			logger.warn("cluster.channels.max-sockets is " + budget.sockets() + ", but there is room for "
					+ budget.connections()
					+ " connections, requests included: further clients would wait without an answer. Lower it, or "
					+ "raise the file descriptors of this process (" + descriptors + ") and " + TOMCAT_CONNECTIONS
					+ ", if it is set");
		}
		return budget;
	}

	static @Nullable Integer number(Environment environment, String property) {
		return Binder.get(environment).bind(property, Integer.class).orElse(null);
	}

}
