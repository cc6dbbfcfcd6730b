package io.clusterspring.channel.server;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.LimitCounters;
import io.clusterspring.channel.limit.TokenBucket;
import io.clusterspring.channel.socket.SocketRefusal;

/**
 * Limits the rate of handshakes, and refuses all while the node stops. Thread-safe.
 */
final class HandshakeGate {

	private final @Nullable TokenBucket rate;

	private final LimitCounters limits;

	private volatile boolean accepting = true;

	/**
	 * Create a gate.
	 * @param rate one token for each handshake, or {@code null} for no limit
	 * @param limits counts the refused handshakes
	 */
	HandshakeGate(@Nullable TokenBucket rate, LimitCounters limits) {
		this.rate = rate;
		this.limits = limits;
	}

	void setAccepting(boolean accepting) {
		this.accepting = accepting;
	}

	boolean isAccepting() {
		return this.accepting;
	}

	/**
	 * Decide about the next handshake, before any work is done for it.
	 * @return the reason to refuse it, or {@code null} to accept it
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
