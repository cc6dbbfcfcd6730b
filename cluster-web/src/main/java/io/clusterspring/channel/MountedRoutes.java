package io.clusterspring.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The routes of each socket, by the path of the socket.
 */
final class MountedRoutes {

	private final Map<String, ChannelRoutes> byPath = new HashMap<>();

	MountedRoutes(Collection<String> paths, List<ChannelRoute> routes) {
		for (ChannelRoute route : routes) {
			for (String socket : route.sockets()) {
				Assert.state(paths.contains(socket), () -> "Channel handler for '" + route.pattern()
						+ "' is for the socket '" + socket + "', but cluster.channels.paths is " + paths);
			}
		}
		for (String path : paths) {
			this.byPath.put(path, new ChannelRoutes(routes.stream().filter((route) -> route.isFor(path)).toList()));
		}
	}

	@Nullable ChannelRoutes of(String path) {
		return this.byPath.get(path);
	}

}
