package io.clusterspring.channel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * Statistics of the channels of a node since it started. Current values are computed when
 * they are read, by a loop over all sockets; nothing is counted on the path of a message.
 * Thread-safe.
 */
public final class ChannelStatistics {

	private final SocketRegistry sockets;

	private final LongAdder accepted = new LongAdder();

	private final Map<SocketRefusal, LongAdder> refused = new EnumMap<>(SocketRefusal.class);

	private final LongAdder crashes = new LongAdder();

	ChannelStatistics(SocketRegistry sockets) {
		this.sockets = sockets;
		for (SocketRefusal reason : SocketRefusal.values()) {
			this.refused.put(reason, new LongAdder());
		}
	}

	/**
	 * Return the number of connected clients.
	 * @return the number of sockets
	 */
	public long sockets() {
		return this.sockets.sockets().size();
	}

	/**
	 * Return the number of channels: joined topics, summed over all clients.
	 * @return the number of channels
	 */
	public long channels() {
		return sum(ChannelSocket::channelCount);
	}

	/**
	 * Return the size of the data that waits to be sent to clients.
	 * @return the approximate number of bytes
	 */
	public long outboxBytes() {
		return sum((socket) -> socket.connection().waitingBytes());
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
		return counter(reason).sum();
	}

	/**
	 * Return the number of failed calls of handlers.
	 * @return the number since the start
	 */
	public long crashes() {
		return this.crashes.sum();
	}

	SocketAdmission decided(SocketAdmission admission) {
		((admission instanceof SocketRefusal reason) ? counter(reason) : this.accepted).increment();
		return admission;
	}

	private LongAdder counter(SocketRefusal reason) {
		return Objects.requireNonNull(this.refused.get(reason));
	}

	void crashed() {
		this.crashes.increment();
	}

	private long sum(ToLongFunction<ChannelSocket> value) {
		return this.sockets.sockets().stream().mapToLong(value).sum();
	}

}
