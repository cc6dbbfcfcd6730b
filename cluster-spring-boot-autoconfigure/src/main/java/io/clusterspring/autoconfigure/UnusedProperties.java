package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.clusterspring.Seed;

/**
 * Warns of properties that are set but have no effect, because another type of discovery
 * or transport was chosen.
 */
final class UnusedProperties {

	private static final Log logger = LogFactory.getLog(UnusedProperties.class);

	private UnusedProperties() {
	}

	static void warnOfAddresses(ClusterProperties properties) {
		if (!properties.listen().isAsNamed()) {
			logger.warn(
					"The properties cluster.bind and cluster.advertised have no effect: cluster.transport is 'local'");
		}
	}

	static void warn(ClusterProperties properties, List<Seed> seeds, Environment environment) {
		DiscoveryType type = properties.discovery().type();
		boolean xml = properties.jgroups().config() != null;
		String reason = xml ? "cluster.jgroups.config defines how nodes are found"
				: "cluster.discovery.type is '" + type.name().toLowerCase(Locale.ROOT) + "'";
		Binder binder = Binder.get(environment);
		Stream<String> unused = Stream.of(DiscoveryType.values())
			.filter((other) -> xml || other != type)
			.map((other) -> "cluster.discovery." + other.name().toLowerCase(Locale.ROOT));
		Stream.concat(unused, xml ? Stream.of("cluster.failure-detection", "cluster.outbox") : Stream.empty())
			.filter((prefix) -> binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).isBound())
			.forEach((prefix) -> logger.warn("The properties of " + prefix + " have no effect: " + reason));
		if (!seeds.isEmpty() && (xml || type != DiscoveryType.STATIC)) {
			logger.warn("The seeds " + seeds + " have no effect: " + reason);
		}
		if (xml && type != DiscoveryType.STATIC) {
			logger.warn("The property cluster.discovery.type has no effect: " + reason);
		}
		Stream.of("cluster.port", "cluster.port-range")
			.filter((property) -> xml && binder.bind(property, String.class).isBound())
			.forEach((property) -> logger.warn("The property " + property + " has no effect: " + reason));
	}

}
