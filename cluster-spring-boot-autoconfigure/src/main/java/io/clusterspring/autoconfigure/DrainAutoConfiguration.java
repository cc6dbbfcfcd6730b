package io.clusterspring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.drain.Drainable;

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

}
