package io.clusterspring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.clusterspring.autoconfigure.DiscoveryProperties.Kubernetes;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.discovery.NodeLookups;

/**
 * Creates the lookup by Kubernetes. Values that the properties do not set come from the
 * pod.
 */
final class KubernetesDiscovery {

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
