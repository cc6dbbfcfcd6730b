package io.clusterspring.channel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * What the channels of a node are doing and have done since it started. Nothing is
 * counted twice on the way of a message: what can be asked for is added up when somebody
 * asks, which takes a look at every socket. May be used by any thread.
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
	 * Return how many clients are connected.
	 * @return the number of sockets
	 */
	public long sockets() {
		return this.sockets.sockets().size();
	}

	/**
	 * Return how many topics clients have joined.
	 * @return the number of topics, each counted for each client
	 */
	public long channels() {
		return sum(ChannelSocket::channelCount);
	}

	/**
	 * Return how much waits to be sent to clients.
	 * @return the number of bytes, about
	 */
	public long outboxBytes() {
		return sum((socket) -> socket.connection().waitingBytes());
	}

	/**
	 * Return how many clients were let in.
	 * @return the number since the start
	 */
	public long acceptedSockets() {
		return this.accepted.sum();
	}

	/**
	 * Return how many clients were not let in for a reason.
	 * @param reason the reason
	 * @return the number since the start
	 */
	public long refusedSockets(SocketRefusal reason) {
		return counter(reason).sum();
	}

	/**
	 * Return how many calls of handlers have failed; each is in the log.
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
