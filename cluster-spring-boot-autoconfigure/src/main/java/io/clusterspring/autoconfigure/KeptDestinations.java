package io.clusterspring.autoconfigure;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.PathMatcher;

import io.clusterspring.text.LogText;

/**
 * Fails the boot if messages of a destination can never be kept, because it is none of
 * those that the brokers of all nodes share.
 */
final class KeptDestinations {

	private KeptDestinations() {
	}

	static void check(ClusterProperties properties, SimpleBrokerMessageHandler broker, String userPrefix) {
		PathMatcher matcher = (broker.getSubscriptionRegistry() instanceof DefaultSubscriptionRegistry registry)
				? registry.getPathMatcher() : new AntPathMatcher();
		Collection<String> prefixes = broker.getDestinationPrefixes();
		List<String> local = properties.stomp().localDestinations();
		properties.history()
			.forEach((name, history) -> history.destinations()
				.forEach((destination) -> refuse(name, destination,
						reason(destination, prefixes, userPrefix, local, matcher))));
	}

	private static @Nullable String reason(String pattern, Collection<String> prefixes, String userPrefix,
			List<String> local, PathMatcher matcher) {
		boolean all = pattern.endsWith("*");
		String start = all ? pattern.substring(0, pattern.length() - 1) : pattern;
		if (start.startsWith(userPrefix)) {
			return "Destinations of users have no history";
		}
		if (!prefixes.isEmpty() && prefixes.stream().noneMatch(start::startsWith)) {
			return "It must begin with a destination prefix of the simple broker: " + prefixes;
		}
		// a name that begins so
		String example = all ? start + "x" : start;
		return local.stream()
			.filter((each) -> matcher.match(each, example))
			.findFirst()
			.map((each) -> "Messages to it stay on their node, because of '" + LogText.of(each)
					+ "' in cluster.stomp.local-destinations")
			.orElse(null);
	}

	private static void refuse(String name, String destination, @Nullable String reason) {
		if (reason != null) {
			throw new InvalidConfigurationPropertyValueException("cluster.history." + name + ".destinations",
					LogText.of(destination), reason);
		}
	}

}
