package io.clusterspring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Seed;
import io.clusterspring.autoconfigure.DiscoveryProperties.Kubernetes;
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

	/**
	 * Creates the lookup by Kubernetes. Values that the properties do not set come from
	 * the pod.
	 */
	private static final class KubernetesDiscovery {

		private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

		private KubernetesDiscovery() {
		}

		static NodeLookup lookup(Kubernetes properties, Environment environment) {
			if (!ClassUtils.isPresent("org.jgroups.protocols.kubernetes.Client", null)) {
				throw new InvalidConfigurationPropertyValueException("cluster.discovery.type", "kubernetes",
						"Discovery of type 'kubernetes' needs the dependency org.jgroups.kubernetes:jgroups-kubernetes.");
			}
			String labels = require("labels", properties.labels(), "the labels of the pods that are nodes");
			String namespace = require("namespace", namespace(properties), "the namespace of the pods");
			String server = require("server", server(properties, environment), "the URL of the API server");
			return NodeLookups.kubernetes(server, namespace, labels, ACCOUNT);
		}

		private static String require(String property, @Nullable String value, String what) {
			if (value == null || !StringUtils.hasText(value)) {
				throw new InvalidConfigurationPropertyValueException("cluster.discovery.kubernetes." + property, value,
						"Discovery of type 'kubernetes' needs " + what + ". Kubernetes gives this value to pods only: "
								+ "set the property.");
			}
			return value;
		}

		private static @Nullable String namespace(Kubernetes properties) {
			if (properties.namespace() != null) {
				return properties.namespace();
			}
			try {
				return Files.readString(ACCOUNT.resolve("namespace")).trim();
			}
			catch (IOException ex) {
				return null;
			}
		}

		private static @Nullable String server(Kubernetes properties, Environment environment) {
			if (properties.server() != null) {
				return properties.server();
			}
			String host = environment.getProperty("KUBERNETES_SERVICE_HOST");
			if (host == null) {
				return null;
			}
			String bracketed = host.contains(":") ? "[" + host + "]" : host;
			return "https://" + bracketed + ":" + environment.getProperty("KUBERNETES_SERVICE_PORT", "443");
		}

	}

}
