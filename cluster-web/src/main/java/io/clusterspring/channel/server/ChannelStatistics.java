package io.clusterspring.channel.server;

import java.util.concurrent.atomic.LongAdder;

import io.clusterspring.channel.socket.RefreshOutcome;
import io.clusterspring.channel.socket.RefusedSocket;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.channel.socket.Sockets;
import io.clusterspring.mailbox.Counts;

/**
 * Statistics of the channels of a node since it started. Current values are computed when
 * they are read, by a loop over all sockets; nothing is counted on the path of a message.
 * Thread-safe.
 */
public final class ChannelStatistics {

	private final Sockets sockets;

	private final LongAdder accepted = new LongAdder();

	private final Counts<SocketRefusal> refused = new Counts<>(SocketRefusal.class);

	ChannelStatistics(Sockets sockets) {
		this.sockets = sockets;
	}

	/**
	 * Return the number of connected clients.
	 * @return the number of sockets
	 */
	public long sockets() {
		return this.sockets.count();
	}

	/**
	 * Return the number of channels: joined topics, summed over all clients.
	 * @return the number of channels
	 */
	public long channels() {
		return this.sockets.channels();
	}

	/**
	 * Return the size of the data that waits to be sent to clients.
	 * @return the approximate number of bytes
	 */
	public long outboxBytes() {
		return this.sockets.outboxBytes();
	}

	/**
	 * Return the number of accepted clients.
	 * @return the number since the start
	 */
	public long acceptedSockets() {
		return this.accepted.sum();
	}

	/**
	 * Return the number of clients that were refused for a reason.
	 * @param reason the reason
	 * @return the number since the start
	 */
	public long refusedSockets(SocketRefusal reason) {
		return this.refused.count(reason);
	}

	/**
	 * Return the number of sockets that were closed because their time was over.
	 * @return the number since the start
	 */
	public long expiredSockets() {
		return this.sockets.rights().expired();
	}

	/**
	 * Return the number of refreshes with an outcome.
	 * @param outcome the outcome
	 * @return the number since the start
	 */
	public long refreshes(RefreshOutcome outcome) {
		return this.sockets.rights().refreshes(outcome);
	}

	/**
	 * Return the number of failed calls of handlers.
	 * @return the number since the start
	 */
	public long crashes() {
		return this.sockets.crashes();
	}

	SocketAdmission decided(SocketAdmission admission) {
		if (admission instanceof RefusedSocket refusal) {
			this.refused.add(refusal.reason());
		}
		else {
			this.accepted.increment();
		}
		return admission;
	}

}
