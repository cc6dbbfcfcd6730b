package io.clusterspring.channel;

import java.util.Iterator;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * A call of a handler that is about to happen, or of the interceptors before it.
 */
public final class ChannelCall {

	private final Type type;

	private final Channel channel;

	private final String pattern;

	private final @Nullable String event;

	private final boolean known;

	private final Iterator<ChannelCallInterceptor> next;

	private final Callable<@Nullable Object> handler;

	ChannelCall(Type type, Channel channel, String pattern, @Nullable String event, boolean known,
			Iterable<ChannelCallInterceptor> interceptors, Callable<@Nullable Object> handler) {
		this.type = type;
		this.channel = channel;
		this.pattern = pattern;
		this.event = event;
		this.known = known;
		this.next = interceptors.iterator();
		this.handler = handler;
	}

	/**
	 * Return what the handler is called for.
	 * @return the type
	 */
	public Type type() {
		return this.type;
	}

	/**
	 * Return the channel.
	 * @return the channel
	 */
	public Channel channel() {
		return this.channel;
	}

	/**
	 * Return the topic pattern that the channel's topic matches.
	 * @return the pattern
	 */
	public String pattern() {
		return this.pattern;
	}

	/**
	 * Return the event of the client or of the broadcast. A client's may be anything.
	 * @return the event, {@code null} for calls that have none
	 */
	public @Nullable String event() {
		return this.event;
	}

	/**
	 * Return whether the handler knows the event by name, so that the number of such
	 * events is bounded.
	 * @return {@code false} for what else a client has sent, and for calls without event
	 */
	public boolean isKnownEvent() {
		return this.known;
	}

	/**
	 * Go on: to the next interceptor, or to the handler. At most once.
	 * @return what the handler returns: a {@link Reply} to joins and events, what to push
	 * instead of a broadcast, {@code null} otherwise
	 * @throws Exception as the handler does
	 */
	public @Nullable Object proceed() throws Exception {
		return this.next.hasNext() ? this.next.next().intercept(this) : this.handler.call();
	}

	/**
	 * What a handler is called for.
	 */
	public enum Type {

		/** {@link ChannelHandler#onJoin}. */
		JOIN,

		/** {@link ChannelHandler#onEvent}. */
		EVENT,

		/** {@link ChannelHandler#onBroadcast}. */
		BROADCAST,

		/** {@link ChannelHandler#onMessage}. */
		MESSAGE,

		/** {@link ChannelHandler#onLeave}. */
		LEAVE

	}

}
