package io.clusterspring.channel;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

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

	private final List<ChannelCallInterceptor> interceptors;

	private final Callable<@Nullable Object> handler;

	private final int passed;

	// a call that was gone on with, or is over, cannot be gone on with: what comes after
	// an interceptor that denies it would be left out
	private final AtomicBoolean used = new AtomicBoolean();

	private ChannelCall(ChannelCall former) {
		this.type = former.type;
		this.channel = former.channel;
		this.pattern = former.pattern;
		this.event = former.event;
		this.known = former.known;
		this.interceptors = former.interceptors;
		this.handler = former.handler;
		this.passed = former.passed + 1;
	}

	ChannelCall(Type type, Channel channel, String pattern, @Nullable String event, boolean known,
			List<ChannelCallInterceptor> interceptors, Callable<@Nullable Object> handler) {
		this.type = type;
		this.channel = channel;
		this.pattern = pattern;
		this.event = event;
		this.known = known;
		this.interceptors = interceptors;
		this.handler = handler;
		this.passed = 0;
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
	 * Go on: to the next interceptor, or to the handler. At most once, and only while the
	 * interceptor runs that was given this call.
	 * @return what the handler returns: a {@link Reply} to joins and events, what to push
	 * instead of a broadcast, {@code null} otherwise
	 * @throws Exception as the handler does
	 * @throws IllegalStateException if it was gone on with before, or is over
	 */
	public @Nullable Object proceed() throws Exception {
		if (!this.used.compareAndSet(false, true)) {
			throw new IllegalStateException("An interceptor may go on once, and only until it returns");
		}
		Object result = (this.passed == this.interceptors.size()) ? this.handler.call() : intercepted();
		return (result instanceof LaterReply later) ? later.ofCall() : result;
	}

	private @Nullable Object intercepted() throws Exception {
		ChannelCall next = new ChannelCall(this);
		try {
			return this.interceptors.get(this.passed).intercept(next);
		}
		finally {
			next.used.set(true);
		}
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
