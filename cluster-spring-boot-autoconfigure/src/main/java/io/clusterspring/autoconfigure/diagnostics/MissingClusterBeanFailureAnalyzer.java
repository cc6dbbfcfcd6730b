package io.clusterspring.autoconfigure.diagnostics;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains that a bean of the cluster is missing because a property has switched it off.
 * Spring Boot's own analysis does not find the condition, because the methods that make
 * these beans return other types. It comes before that analysis.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class MissingClusterBeanFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String CLUSTER = "cluster.enabled";

	/** The types that applications inject, and the properties that switch them off. */
	// by names, because the modules of some of them may be absent
	private static final Map<String, String> SWITCHES = Map.of("io.clusterspring.Cluster", CLUSTER,
			"io.clusterspring.pubsub.PubSub", CLUSTER, "io.clusterspring.pubsub.PayloadCodec", CLUSTER,
			"io.clusterspring.failover.DistributedApplications", CLUSTER, "io.clusterspring.channel.Channels",
			"cluster.channels.enabled", "io.clusterspring.presence.Presence", "cluster.presence.enabled",
			"io.clusterspring.stomp.UserSessions", "cluster.stomp.enabled");

	private final Environment environment;

	MissingClusterBeanFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		Class<?> missing = (type != null) ? type.resolve() : null;
		String property = (missing != null) ? switchedOff(missing.getName()) : null;
		if (missing == null || property == null) {
			return null;
		}
		String found = (description != null) ? description : "A component";
		String name = missing.getSimpleName();
		return new FailureAnalysis(
				found + " required a bean of type '" + missing.getName()
						+ "' that could not be found, because the property '" + property + "' is false.",
				action(property, name), cause);
	}

	private static String action(String property, String name) {
		String optional = "- inject ObjectProvider<" + name + "> (or Optional<" + name + ">), and do without the bean "
				+ "if there is none";
		String on = "Do one of these:\n- remove " + property + ", or set it to true\n";
		return on + (property.equals(CLUSTER)
				? "- to run alone with all beans, set cluster.transport=local in place of cluster.enabled=false, and "
						+ "cluster.sync-nodes-timeout=0\n"
				: "") + optional;
	}

	private @Nullable String switchedOff(String type) {
		String feature = SWITCHES.get(type);
		if (feature == null) {
			return null;
		}
		if (isOff(CLUSTER)) {
			return CLUSTER;
		}
		return isOff(feature) ? feature : null;
	}

	private boolean isOff(String property) {
		return "false".equalsIgnoreCase(this.environment.getProperty(property, "").trim());
	}

}
