package io.clusterspring.channel;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * One call of a handler, as an interceptor sees it before it happens. Not thread-safe.
 */
public final class ChannelCall {

	private final Handling handling;

	private final int passed;

	// proceeding twice or late would bypass the interceptors between this one and the
	// handler
	private final AtomicBoolean used = new AtomicBoolean();

	private ChannelCall(Handling handling, int passed) {
		this.handling = handling;
		this.passed = passed;
	}

	static @Nullable Object proceed(Handling handling) throws Exception {
		return new ChannelCall(handling, 0).proceed();
	}

	/**
	 * Return the kind of call.
	 * @return the type
	 */
	public Type type() {
		return this.handling.type();
	}

	/**
	 * Return the channel.
	 * @return the channel
	 */
	public Channel channel() {
		return this.handling.channel();
	}

	/**
	 * Return the topic pattern that the channel's topic matches.
	 * @return the pattern
	 */
	public String pattern() {
		return this.handling.pattern();
	}

	/**
	 * Return the event of the client's message or of the broadcast. A client may send any
	 * name.
	 * @return the event, or {@code null} for a call without one
	 */
	public @Nullable String event() {
		return this.handling.event();
	}

	/**
	 * Return whether the handler knows the event by name. The number of known events is
	 * bounded, so they can be used as the tag of a meter.
	 * @return {@code false} for other events, and for calls without an event
	 */
	public boolean isKnownEvent() {
		return this.handling.event() != null && this.handling.event().equals(this.handling.eventPattern());
	}

	/**
	 * Return the event as the handler knows it: its name, or a pattern that it matches,
	 * such as {@code item:*}. The number of names and patterns is bounded, so they can be
	 * used as the tag of a meter.
	 * @return the name or pattern, or {@code null} for other events, and for calls
	 * without an event
	 */
	public @Nullable String eventPattern() {
		return this.handling.eventPattern();
	}

	/**
	 * Call the next interceptor, or the handler after the last one. An interceptor may do
	 * this once, and only until it returns.
	 * @return the result of the handler: a {@link Reply} for joins, refreshes and events,
	 * the payload to push for a broadcast, otherwise {@code null}
	 * @throws Exception if the handler throws it
	 * @throws IllegalStateException if this was called before, or the interceptor has
	 * returned
	 */
	public @Nullable Object proceed() throws Exception {
		if (!this.used.compareAndSet(false, true)) {
			throw new IllegalStateException("An interceptor may call proceed() once, and only until it returns");
		}
		Object result = (this.passed == this.handling.interceptors().size()) ? this.handling.handler().call()
				: intercepted();
		return (result instanceof LaterReply later) ? later.ofCall() : result;
	}

	private @Nullable Object intercepted() throws Exception {
		ChannelCall next = new ChannelCall(this.handling, this.passed + 1);
		try {
			return this.handling.interceptors().get(this.passed).intercept(next);
		}
		finally {
			next.used.set(true);
		}
	}

	/**
	 * The kinds of call.
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
		LEAVE,

		/** {@link ChannelHandler#onRefresh}. */
		REFRESH

	}

	/**
	 * The method that is called, and the interceptors around it.
	 */
	record Handling(Type type, Channel channel, String pattern, @Nullable String event, @Nullable String eventPattern,
			List<ChannelCallInterceptor> interceptors, Callable<@Nullable Object> handler) {
	}

}
