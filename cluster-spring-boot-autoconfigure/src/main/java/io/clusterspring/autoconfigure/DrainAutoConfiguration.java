package io.clusterspring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.drain.Drainable;
import io.clusterspring.inspect.Action;

/**
 * Auto-configuration that closes the connections of clients, of channels and of STOMP, in
 * batches when the application stops.
 */
@AutoConfiguration(
		after = { ChannelAutoConfiguration.class, StompAutoConfiguration.class, HttpAutoConfiguration.class })
@ConditionalOnBean(Drainable.class)
public final class DrainAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionDrain connectionDrain(ClusterProperties properties, ObjectProvider<Drainable> drainables) {
		return new ConnectionDrain(properties.channels().drain().settings(), () -> drainables.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	static class ByHand {

		@Bean
		@ConditionalOnMissingBean
		NodeDrain clusterNodeDrain(ApplicationContext context, ConnectionDrain drain) {
			return new NodeDrain(context, drain);
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterNodesDrain")
		Action clusterNodesDrain(NodeDrain drain) {
			return drain.action(true);
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterNodesResume")
		Action clusterNodesResume(NodeDrain drain) {
			return drain.action(false);
		}

	}

}
