package io.clusterspring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.clusterspring.ClusterTransport;
import io.clusterspring.local.LocalNetwork;

/**
 * Connects the contexts of one JVM that have the same cluster name.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "cluster.transport", havingValue = "local")
@ConditionalOnMissingBean(ClusterTransport.class)
class LocalTransportConfiguration {

	// other contexts use the network as well, so this one must not close it
	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	LocalNetwork clusterLocalNetwork(ClusterProperties properties, Environment environment) {
		return LocalNetwork.named(properties.nameIn(environment));
	}

	@Bean
	ClusterTransport clusterTransport(LocalNetwork network, ClusterProperties properties, Environment environment) {
		UnusedProperties.warnOfAddresses(properties);
		return network.transport(properties.nodeIn(environment).node(), properties.maxPayloadSize().toBytes());
	}

}
