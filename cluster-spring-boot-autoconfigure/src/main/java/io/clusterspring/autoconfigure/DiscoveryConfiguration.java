package io.clusterspring.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import org.jgroups.JChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.discovery.NodeLookups;

/**
 * Selects how nodes find each other.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JChannel.class)
@ConditionalOnMissingBean(ClusterTransport.class)
class DiscoveryConfiguration {

	@Bean
	@ConditionalOnMissingBean(ClusterConnectionDetails.class)
	ClusterConnectionDetails clusterConnectionDetails(ClusterProperties properties) {
		return properties::seeds;
	}

	@Bean
	@ConditionalOnMissingBean(NodeLookup.class)
	NodeLookup clusterNodeLookup(ClusterProperties properties, ClusterConnectionDetails details,
			ObjectProvider<DataSource> dataSources, Environment environment) {
		List<Seed> seeds = details.seeds();
		UnusedProperties.warn(properties, seeds, environment);
		if (properties.jgroups().config() != null) {
			return NodeLookups.listed(List.of(), List.of());
		}
		DiscoveryProperties discovery = properties.discovery();
		return switch (discovery.type()) {
			case STATIC -> NodeLookups.listed(properties.syncNodes().all(), seeds);
			case DNS -> dns(discovery.dns());
			case KUBERNETES -> KubernetesDiscovery.lookup(discovery.kubernetes(), environment);
			case JDBC -> NodeLookups.jdbc(dataSource(dataSources), discovery.jdbc().createTable());
			case MULTICAST -> NodeLookups.multicast(discovery.multicast().group(), discovery.multicast().port());
		};
	}

	private static NodeLookup dns(DiscoveryProperties.Dns dns) {
		String name = dns.name();
		if (name == null || !StringUtils.hasText(name)) {
			throw new InvalidConfigurationPropertyValueException("cluster.discovery.dns.name", name,
					"Discovery of type 'dns' needs a name that resolves to the addresses of all nodes.");
		}
		return NodeLookups.dns(name, dns.server());
	}

	private static DataSource dataSource(ObjectProvider<DataSource> dataSources) {
		DataSource dataSource = dataSources.getIfUnique();
		if (dataSource == null) {
			throw new InvalidConfigurationPropertyValueException("cluster.discovery.type", "jdbc",
					"Discovery of type 'jdbc' needs a DataSource bean; if there are several, one must be primary.");
		}
		return dataSource;
	}

}
