package io.clusterspring.channel.limit;

import java.util.function.LongSupplier;

/**
 * Limits the messages that a client sends in a second. Further messages are refused. A
 * client that gets as many refusals in a second ignores them and floods the server.
 */
public final class MessageRate {

	private final TokenBucket messages;

	private final TokenBucket refusals;

	/**
	 * Create a limit.
	 * @param clock returns the time in nanoseconds, like {@link System#nanoTime()}
	 */
	public MessageRate(int perSecond, LongSupplier clock) {
		this.messages = new TokenBucket(perSecond, clock);
		this.refusals = new TokenBucket(perSecond, clock);
	}

	/**
	 * Count the next message.
	 * @return the action to take
	 */
	public Verdict next() {
		return this.messages.take() ? Verdict.PASS : this.refusals.take() ? Verdict.REFUSE : Verdict.FLOOD;
	}

	/** The action to take for a message. */
	public enum Verdict {

		/** Handle it. */
		PASS,

		/** Answer it with an error. */
		REFUSE,

		/** Close the socket. */
		FLOOD

	}

}
