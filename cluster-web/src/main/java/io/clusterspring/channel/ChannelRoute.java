package io.clusterspring.channel;

import java.util.List;
import java.util.Set;

/**
 * A handler and the pattern of the topics that it handles. A bean of this type adds
 * channels without annotations. Immutable.
 */
public final class ChannelRoute {

	private final TopicPattern pattern;

	private final ChannelHandler handler;

	private final Set<String> sockets;

	private ChannelRoute(TopicPattern pattern, ChannelHandler handler, Set<String> sockets) {
		this.pattern = pattern;
		this.handler = handler;
		this.sockets = sockets;
	}

	/**
	 * Create a route for the clients of all sockets.
	 * @param pattern the topic pattern, as in {@link ChannelController}
	 * @param handler the handler
	 * @return the route
	 * @throws IllegalArgumentException if the pattern is invalid
	 */
	public static ChannelRoute of(String pattern, ChannelHandler handler) {
		return new ChannelRoute(new TopicPattern(pattern), handler, Set.of());
	}

	/**
	 * Restrict the route to the clients of some sockets.
	 * @param paths the paths of the sockets; none for all sockets
	 * @return the restricted route
	 */
	public ChannelRoute onSockets(String... paths) {
		return new ChannelRoute(this.pattern, this.handler, Set.of(paths));
	}

	ChannelRoute around(List<ChannelCallInterceptor> interceptors) {
		return new ChannelRoute(this.pattern,
				InterceptedHandler.of(this.pattern.toString(), this.handler, interceptors), this.sockets);
	}

	TopicPattern pattern() {
		return this.pattern;
	}

	ChannelHandler handler() {
		return this.handler;
	}

	Set<String> sockets() {
		return this.sockets;
	}

	boolean isFor(String path) {
		return this.sockets.isEmpty() || this.sockets.contains(path);
	}

}
