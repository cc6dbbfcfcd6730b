package io.clusterspring.failure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jgroups.JChannel;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.TransportListener;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.StackSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests nodes that come and go while all publish: each node receives the messages of each
 * other node in order and once, and between nodes that stay no message is lost.
 */
class ChurnIntegrationTests {

	private static final PortRange PORTS = new PortRange(29540, 10);

	private static final List<NodeAddress> LISTED = IntStream.rangeClosed(1, 5)
		.mapToObj((number) -> NodeAddress.of("n" + number + "@127.0.0.1"))
		.toList();

	private static final int STAYING = 3;

	private static final int ROUNDS = 10;

	private final String cluster = "churn-" + UUID.randomUUID();

	private final List<Talker> talkers = new ArrayList<>();

	@AfterEach
	void stop() {
		this.talkers.forEach(Talker::leave);
	}

	@Test
	void nodesThatLeaveDisturbNobody() {
		churn(Talker::leave);
	}

	@Test
	void nodesThatCrashDisturbNobody() {
		churn(Talker::crash);
	}

	private void churn(Consumer<Talker> departure) {
		List<Talker> staying = IntStream.range(0, STAYING).mapToObj(this::join).toList();
		hearEachOther(staying);
		for (int round = 0; round < ROUNDS; round++) {
			List<Talker> all = new ArrayList<>(staying);
			IntStream.range(STAYING, LISTED.size()).parallel().mapToObj(this::join).forEach((joined) -> {
				synchronized (all) {
					all.add(joined);
				}
			});
			hearEachOther(all);
			all.subList(STAYING, all.size()).forEach(departure);
			await().atMost(NodeProcesses.PATIENCE)
				.until(() -> staying.stream().allMatch((talker) -> talker.members == STAYING));
		}
		hearEachOther(staying);
		this.talkers.forEach(Talker::leave);
		assertThat(this.talkers).allSatisfy((talker) -> assertThat(talker.faults).isEmpty());
		assertThat(this.talkers).allSatisfy((talker) -> assertThat(talker.transport.dropped()).isZero());
	}

	private Talker join(int index) {
		Talker talker = new Talker(index);
		synchronized (this.talkers) {
			this.talkers.add(talker);
		}
		talker.start();
		return talker;
	}

	private static void hearEachOther(List<Talker> talkers) {
		List<Long> sent = talkers.stream().map((talker) -> talker.number.get()).toList();
		await().atMost(NodeProcesses.PATIENCE).until(() -> {
			for (Talker listener : talkers) {
				for (int index = 0; index < sent.size(); index++) {
					Talker speaker = talkers.get(index);
					if (speaker != listener && listener.last(speaker) <= sent.get(index)) {
						return false;
					}
				}
			}
			return true;
		});
	}

	private static boolean isStaying(Node node) {
		return LISTED.subList(0, STAYING).stream().anyMatch((listed) -> listed.node().equals(node));
	}

	/**
	 * A node that publishes a number each millisecond, and records errors in what it
	 * receives.
	 */
	private final class Talker implements TransportListener {

		private final Node node;

		private final JGroupsTransport transport;

		private final long id = System.nanoTime();

		private final AtomicLong number = new AtomicLong();

		private final Map<Long, Long> heard = new ConcurrentHashMap<>();

		private final List<String> faults = new CopyOnWriteArrayList<>();

		private volatile JChannel channel;

		private volatile int members;

		private volatile boolean gone;

		Talker(int index) {
			this.node = LISTED.get(index).node();
			this.transport = StackSamples.transport(ChurnIntegrationTests.this.cluster, LISTED.get(index), LISTED,
					PORTS, List.of((created) -> this.channel = created));
		}

		void start() {
			Thread thread = new Thread(this::talk, this.node.name());
			thread.setDaemon(true);
			thread.start();
			this.transport.connect(this);
		}

		private void talk() {
			while (!this.gone) {
				this.transport.send(ByteBuffer.allocate(2 * Long.BYTES)
					.putLong(this.id)
					.putLong(this.number.getAndIncrement())
					.array());
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
			}
		}

		long last(Talker speaker) {
			return this.heard.getOrDefault(speaker.id, -1L);
		}

		void leave() {
			this.gone = true;
			this.transport.disconnect();
		}

		void crash() {
			this.gone = true;
			try {
				Util.shutdown(this.channel);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void viewChanged(ClusterView view) {
			this.members = view.nodes().size();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			long now = frame.getLong(Long.BYTES);
			Long before = this.heard.put(frame.getLong(0), now);
			boolean gap = before != null && now > before + 1 && isStaying(this.node) && isStaying(sender);
			if (gap || (before != null && now <= before)) {
				this.faults.add(this.node + " heard " + now + " of " + sender + " after " + before);
			}
		}

	}

}
