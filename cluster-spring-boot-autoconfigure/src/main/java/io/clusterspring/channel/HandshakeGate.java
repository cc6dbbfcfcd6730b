package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * Lets in as many clients as may come in a second, and none while the node goes down. May
 * be used by any thread.
 */
final class HandshakeGate {

	private final @Nullable TokenBucket rate;

	private final LimitCounters limits;

	private volatile boolean accepting = true;

	/**
	 * Create a gate.
	 * @param rate a token for each handshake, or {@code null} for any number
	 * @param limits counts those that were too many
	 */
	HandshakeGate(@Nullable TokenBucket rate, LimitCounters limits) {
		this.rate = rate;
		this.limits = limits;
	}

	void setAccepting(boolean accepting) {
		this.accepting = accepting;
	}

	/**
	 * Judge the next handshake, before anything else is done for it.
	 * @return why it is refused, or {@code null} if it is not
	 */
	@Nullable SocketRefusal refusal() {
		if (!this.accepting) {
			return SocketRefusal.STOPPING;
		}
		if (this.rate != null && !this.rate.take()) {
			this.limits.reached(ChannelLimit.HANDSHAKES_PER_SECOND, "all clients");
			return SocketRefusal.RATE;
		}
		return null;
	}

}
