package io.clusterspring.channel;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelCall.Handling;
import io.clusterspring.channel.ChannelCall.Type;
import io.clusterspring.pubsub.TopicMessage;

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
		return interceptors.isEmpty() ? this : new ChannelRoute(this.pattern,
				new Intercepted(this.pattern.toString(), this.handler, interceptors), this.sockets);
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

	/** Calls the interceptors, and then the handler that they wrap. */
	private static final class Intercepted implements ChannelHandler {

		private final String pattern;

		private final ChannelHandler handler;

		private final Set<String> events;

		private final EventPatterns<String> patterns;

		private final List<ChannelCallInterceptor> interceptors;

		Intercepted(String pattern, ChannelHandler handler, List<ChannelCallInterceptor> interceptors) {
			this.pattern = pattern;
			this.handler = handler;
			this.events = Set.copyOf(handler.events());
			this.patterns = EventPatterns
				.of(this.events.stream().collect(Collectors.toMap(Function.identity(), Function.identity())));
			this.interceptors = interceptors;
		}

		@Override
		public Reply onJoin(Channel channel, ChannelPayload payload) throws Exception {
			return reply(call(Type.JOIN, channel, null, () -> this.handler.onJoin(channel, payload)));
		}

		@Override
		public Reply onEvent(Channel channel, String event, ChannelPayload payload) throws Exception {
			return reply(call(Type.EVENT, channel, event, () -> this.handler.onEvent(channel, event, payload)));
		}

		@Override
		public Set<String> events() {
			return this.events;
		}

		@Override
		public void onLeave(Channel channel, LeaveReason reason) throws Exception {
			call(Type.LEAVE, channel, null, () -> {
				this.handler.onLeave(channel, reason);
				return null;
			});
		}

		@Override
		public Reply onRefresh(Channel channel) throws Exception {
			return reply(call(Type.REFRESH, channel, null, () -> this.handler.onRefresh(channel)));
		}

		@Override
		public boolean intercepts(String event) {
			return this.handler.intercepts(event);
		}

		@Override
		public @Nullable Object onBroadcast(Channel channel, String event, ChannelPayload payload) throws Exception {
			return call(Type.BROADCAST, channel, event, () -> this.handler.onBroadcast(channel, event, payload));
		}

		@Override
		public boolean hearsMessages() {
			return this.handler.hearsMessages();
		}

		@Override
		public void onMessage(Channel channel, TopicMessage message) throws Exception {
			call(Type.MESSAGE, channel, null, () -> {
				this.handler.onMessage(channel, message);
				return null;
			});
		}

		@Override
		public String toString() {
			return this.handler.toString();
		}

		private @Nullable Object call(Type type, Channel channel, @Nullable String event,
				Callable<@Nullable Object> handler) throws Exception {
			String known = (event != null) ? this.patterns.find(event) : null;
			return ChannelCall
				.proceed(new Handling(type, channel, this.pattern, event, known, this.interceptors, handler));
		}

		private static Reply reply(@Nullable Object value) {
			return (Reply) Objects.requireNonNull(value, "A ChannelCallInterceptor returned null instead of the reply");
		}

	}

}
