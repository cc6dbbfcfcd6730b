package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a topic for the clients of one socket. The most specific pattern
 * comes first. Immutable.
 */
public final class ChannelRoutes {

	private final List<ChannelRoute> routes;

	ChannelRoutes(List<ChannelRoute> routes) {
		List<ChannelRoute> sorted = new ArrayList<>(routes);
		sorted.sort(Comparator.comparing((route) -> route.pattern().specificity(), Comparator.reverseOrder()));
		for (int i = 0; i < sorted.size(); i++) {
			for (ChannelRoute other : sorted.subList(i + 1, sorted.size())) {
				requireDifferent(sorted.get(i), other);
			}
		}
		this.routes = List.copyOf(sorted);
	}

	private static void requireDifferent(ChannelRoute route, ChannelRoute other) {
		if (route.pattern().isSameAs(other.pattern())) {
			throw new ChannelMappingException(
					"Two channel handlers have patterns for the same topics: '" + route.pattern() + "' of "
							+ route.handler() + " and '" + other.pattern() + "' of " + other.handler(),
					"Change or remove one of them.");
		}
	}

	/**
	 * Create the routes of each socket.
	 * @param paths the paths of the sockets
	 * @param routes the routes of all sockets
	 * @param interceptors wrap the handlers, the outermost first
	 * @return the routes by the path of the socket
	 * @throws ChannelMappingException if two handlers of a socket are for the same
	 * topics, or one is for a socket that does not exist
	 */
	public static Map<String, ChannelRoutes> byPath(Set<String> paths, List<ChannelRoute> routes,
			List<ChannelCallInterceptor> interceptors) {
		for (ChannelRoute route : routes) {
			for (String socket : route.sockets()) {
				if (!paths.contains(socket)) {
					throw new ChannelMappingException(
							"Channel handler " + route.handler() + " for '" + route.pattern() + "' is for the socket '"
									+ socket + "', but cluster.channels.paths is " + paths,
							"Correct the socket, or add it to cluster.channels.paths.");
				}
			}
		}
		List<ChannelRoute> intercepted = routes.stream().map((route) -> route.around(interceptors)).toList();
		return paths.stream()
			.collect(Collectors.toMap(Function.identity(),
					(path) -> new ChannelRoutes(intercepted.stream().filter((route) -> route.isFor(path)).toList())));
	}

	/**
	 * Find the handler of a topic.
	 * @param topic the topic
	 * @return the handler, or {@code null}
	 */
	public @Nullable Match find(String topic) {
		if (topic.isEmpty()) {
			return null;
		}
		for (ChannelRoute route : this.routes) {
			Map<String, String> variables = route.pattern().match(topic);
			if (variables != null) {
				return new Match(route.handler(), variables);
			}
		}
		return null;
	}

	/**
	 * The handler of a topic.
	 *
	 * @param handler the handler
	 * @param variables the values of the pattern's variables
	 */
	public record Match(ChannelHandler handler, Map<String, String> variables) {
	}

}
