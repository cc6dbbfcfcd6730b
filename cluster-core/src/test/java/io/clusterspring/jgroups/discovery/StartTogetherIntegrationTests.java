package io.clusterspring.jgroups.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.GMS.GmsHeader;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Responses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.ClusterCookie;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.NodeNameTakenException;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.patience.PromisedTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StartTogetherIntegrationTests {

	private static final PortRange PORTS = new PortRange(27820, 10);

	private final String cluster = "together-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	private ClusterCookie cookie;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void disconnect() {
		this.transports.forEach(JGroupsTransport::disconnect);
		this.threads.shutdown();
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 5, 2, 5 })
	void nodesWithACookieFormOneViewAtOnce(int count) {
		this.cookie = ClusterCookie.of("correct horse battery staple");
		formOneViewAtOnce(count);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 5, 2, 5, 2, 5 })
	void formOneViewAtOnce(int count) {
		List<RecordingListener> heard = new ArrayList<>();
		CyclicBarrier gate = new CyclicBarrier(count);
		List<CompletableFuture<Void>> starts = new ArrayList<>();
		for (int i = 1; i <= count; i++) {
			JGroupsTransport transport = transport(i, count);
			RecordingListener listener = new RecordingListener();
			heard.add(listener);
			starts.add(CompletableFuture.runAsync(() -> {
				pass(gate);
				transport.connect(listener);
			}, this.threads));
		}
		CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
		await().untilAsserted(() -> assertThat(heard)
			.allSatisfy((listener) -> assertThat(listener.nodes()).hasSize(count).isEqualTo(heard.get(0).nodes())));
		Node founder = heard.get(0).nodes().get(0);
		assertThat(heard).allSatisfy((listener) -> assertThat(listener.views()).extracting(ClusterView::coordinator)
			.as("nobody founded another cluster")
			.containsOnly(founder));
	}

	@Test
	void loneNodeIsUpAfterOneRound() throws Exception {
		PromisedTime.isMet(5000, "it is up", (number) -> {
			RecordingListener listener = new RecordingListener();
			JGroupsTransport alone = transport(1, 2);
			long start = System.nanoTime();
			alone.connect(listener);
			long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			assertThat(listener.nodes()).hasSize(1);
			alone.disconnect();
			this.transports.remove(alone);
			return taken;
		});
	}

	@Test
	void whoIsAskedByAMemberBeforeItGetsAnAnswerJoinsIt() {
		joinsTheMemberWith(new AsksInsteadOfAnswering());
	}

	// GMS on its own would wait for 2 s
	@ParameterizedTest
	@ValueSource(longs = { 1500, 3500 })
	void nodeThatIsSlowToAnswerIsWaitedFor(long millis) {
		joinsTheMemberWith(new AnswersLate(millis));
	}

	private void joinsTheMemberWith(Protocol protocol) {
		RecordingListener member = new RecordingListener();
		transport(2, 2, (channel) -> insert(channel, protocol)).connect(member);
		RecordingListener newcomer = new RecordingListener();
		transport(1, 2).connect(newcomer);
		await().untilAsserted(() -> assertThat(member.nodes()).hasSize(2));
		assertThat(newcomer.views()).extracting(ClusterView::coordinator)
			.as("it has not founded another cluster")
			.containsOnly(Node.of("n2@127.0.0.1"));
	}

	@Test
	void newcomerIsNotPartedFromAMemberThatHearsOfItLate() {
		List<RecordingListener> heard = List.of(new RecordingListener(), new RecordingListener(),
				new RecordingListener());
		transport(1, 3).connect(heard.get(0));
		transport(2, 3, (channel) -> insert(channel, new TakesViewsLate(3500))).connect(heard.get(1));
		transport(3, 3).connect(heard.get(2));
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(heard).allSatisfy((listener) -> assertThat(listener.nodes()).hasSize(3)));
		assertThat(heard.get(2).views()).allSatisfy((view) -> assertThat(view.nodes()).hasSize(3));
	}

	@Test
	void ofTwoProcessesWithOneNameOneStarts() {
		CyclicBarrier gate = new CyclicBarrier(2);
		List<CompletableFuture<Boolean>> starts = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			JGroupsTransport transport = transport(1, 1);
			starts.add(CompletableFuture.supplyAsync(() -> {
				pass(gate);
				return isAdmitted(transport);
			}, this.threads));
		}
		assertThat(starts).extracting(CompletableFuture::join).containsExactlyInAnyOrder(true, false);
	}

	private static boolean isAdmitted(JGroupsTransport transport) {
		try {
			transport.connect(new RecordingListener());
			return true;
		}
		catch (NodeNameTakenException ex) {
			return false;
		}
	}

	private static void insert(JChannel channel, Protocol protocol) {
		try {
			channel.getProtocolStack().insertProtocol(protocol, ProtocolStack.Position.ABOVE, TP.class);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JGroupsTransport transport(int number, int count, JGroupsChannelCustomizer... customizers) {
		List<NodeAddress> listed = IntStream.rangeClosed(1, count)
			.mapToObj((i) -> NodeAddress.of("n" + i + "@127.0.0.1"))
			.toList();
		JGroupsTransport transport = new JGroupsTransport(this.cluster, listed.get(number - 1), listed,
				new ListedNodes(listed, List.of()), PORTS, ListenSettings.DEFAULT, List.of(customizers),
				new ConnectionSecurity(this.cookie, null), NodeLimits.DEFAULT);
		this.transports.add(transport);
		return transport;
	}

	private static void pass(CyclicBarrier gate) {
		try {
			gate.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * As when the first questions of a newcomer are lost with connections that both ends
	 * have opened.
	 */
	private static final class AsksInsteadOfAnswering extends Protocol {

		private final AtomicInteger lost = new AtomicInteger(3);

		@Override
		public Object up(Message message) {
			if (DiscoveryMessages.isRequest(message) && this.lost.getAndDecrement() > 0) {
				((NodeDiscovery) this.up_prot).findMembers(null, false, new Responses(0, false));
				return null;
			}
			return super.up(message);
		}

	}

	/**
	 * As on a machine that is busy: the first answer comes after the first round of the
	 * node that asks.
	 */
	private static final class AnswersLate extends Protocol {

		private final long millis;

		private volatile long firstAsked;

		AnswersLate(long millis) {
			this.millis = millis;
		}

		@Override
		public Object up(Message message) {
			if (!DiscoveryMessages.isRequest(message)) {
				return super.up(message);
			}
			long now = System.nanoTime();
			if (this.firstAsked == 0) {
				this.firstAsked = now;
			}
			return (now - this.firstAsked < TimeUnit.MILLISECONDS.toNanos(this.millis)) ? null : super.up(message);
		}

	}

	/**
	 * As when a view overtakes the answer to a join, and is lost until its sender repeats
	 * it.
	 */
	private static final class TakesViewsLate extends Protocol {

		private final short membership = ClassConfigurator.getProtocolId(GMS.class);

		private final long millis;

		private final AtomicBoolean late = new AtomicBoolean();

		private final Queue<Message> kept = new ConcurrentLinkedQueue<>();

		private volatile boolean over;

		TakesViewsLate(long millis) {
			this.millis = millis;
		}

		@Override
		public Object up(Message message) {
			return isKept(message) ? null : super.up(message);
		}

		@Override
		public void up(MessageBatch batch) {
			batch.removeIf(this::isKept, true);
			if (!batch.isEmpty()) {
				super.up(batch);
			}
		}

		private boolean isKept(Message message) {
			GmsHeader header = message.getHeader(this.membership);
			if (this.over || header == null || header.getType() != GmsHeader.VIEW) {
				return false;
			}
			this.kept.add(message);
			if (this.late.compareAndSet(false, true)) {
				getTransport().getTimer().schedule(this::pass, this.millis, TimeUnit.MILLISECONDS);
			}
			return true;
		}

		private void pass() {
			this.over = true;
			this.kept.forEach(this.up_prot::up);
		}

	}

}
