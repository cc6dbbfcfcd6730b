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

	private final @Nullable String event;

	private final Iterator<ChannelCallInterceptor> next;

	private final Callable<@Nullable Object> handler;

	ChannelCall(Type type, Channel channel, @Nullable String event, Iterable<ChannelCallInterceptor> interceptors,
			Callable<@Nullable Object> handler) {
		this.type = type;
		this.channel = channel;
		this.event = event;
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
	 * Return the event of the client or of the broadcast. A client's may be anything.
	 * @return the event, {@code null} for calls that have none
	 */
	public @Nullable String event() {
		return this.event;
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
