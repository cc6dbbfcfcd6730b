package io.clusterspring.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.SocketSession;

/**
 * Simulates many clients that join one topic on several nodes. Each is tracked and
 * receives the presence of all others.
 */
final class JoinStorm {

	private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private final List<PresenceClient> clients = new ArrayList<>();

	private final List<SocketSession> sessions = new ArrayList<>();

	private final LongAdder diffs = new LongAdder();

	private final LongAdder diffBytes = new LongAdder();

	private final LongAdder states = new LongAdder();

	private final LongAdder stateBytes = new LongAdder();

	/** Words that identify frames, so that frames need not be kept. */
	private final Set<Integer> frames = ConcurrentHashMap.newKeySet();

	void diff(int size) {
		this.diffs.increment();
		this.diffBytes.add(size);
	}

	void state(SocketFrame frame) {
		int size = frame.wire().remaining();
		this.states.increment();
		this.stateBytes.add(size);
		this.frames.add(System.identityHashCode(frame));
	}

	/**
	 * Let clients join, one after the other.
	 * @param nodes the nodes, which take turns
	 * @param topic the topic
	 * @param count how many clients join
	 * @param time the time for all joins, 0 for as fast as possible
	 * @return the figures, as a row of a table
	 */
	String run(List<PresenceNode> nodes, String topic, int count, Duration time) {
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = start + time.toNanos() * i / count;
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			PresenceClient client = new PresenceClient(this);
			this.clients.add(client);
			this.sessions.add(client.join(nodes.get(i % nodes.size()).channels(), topic, i));
		}
		PresenceNode.await(() -> this.states.sum() == count, PATIENCE_NANOS);
		nodes.forEach((node) -> PresenceNode.await(() -> node.presence().count(topic) == count, PATIENCE_NANOS));
		double seconds = (System.nanoTime() - start) / 1e9;
		double processor = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
		String row = row(count, seconds, processor);
		this.sessions.forEach(SocketSession::closed);
		nodes.forEach((node) -> PresenceNode.await(() -> node.presence().count(topic) == 0, PATIENCE_NANOS));
		return row;
	}

	private String row(int count, double seconds, double processor) {
		long[] waits = this.clients.stream().mapToLong(PresenceClient::waited).sorted().toArray();
		return String.format("| %,d | %.1f | %.1f | %,d | %,d | %,d | %.2f | %.0f / %.0f / %.0f |", count, seconds,
				processor, this.diffs.sum(), this.diffBytes.sum() / 1_000_000, this.frames.size(),
				this.stateBytes.sum() / 1e9, waits[waits.length / 2] / 1e6, waits[waits.length * 99 / 100] / 1e6,
				waits[waits.length - 1] / 1e6);
	}

}
