package io.clusterspring.channel;

import java.util.function.LongSupplier;

/**
 * How many messages a client may send. Those beyond are refused; a client to whom as many
 * had to be refused as it may send does not listen, and is flooding the server.
 */
final class MessageRate {

	private final TokenBucket messages;

	private final TokenBucket refusals;

	MessageRate(int perSecond, LongSupplier clock) {
		this.messages = new TokenBucket(perSecond, clock);
		this.refusals = new TokenBucket(perSecond, clock);
	}

	/**
	 * Judge the next message.
	 * @return what to do with it
	 */
	Verdict next() {
		return this.messages.take() ? Verdict.PASS : this.refusals.take() ? Verdict.REFUSE : Verdict.FLOOD;
	}

	/**
	 * What to do with a message.
	 */
	enum Verdict {

		/** Handle it. */
		PASS,

		/** Answer it with an error. */
		REFUSE,

		/** Close the socket. */
		FLOOD

	}

}
