package io.clusterspring.jgroups.flow;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.Version;
import org.jgroups.protocols.AuthHeader;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.UnicastHeader3;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.FrameRefusal;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.PayloadLimit;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.StackSamples;
import io.clusterspring.jgroups.frame.Marker;
import io.clusterspring.jgroups.frame.WireSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that was let in, and says what no node says. The members go on as if it were
 * not there.
 */
@ExtendWith(OutputCaptureExtension.class)
class HostileNodeIntegrationTests {

	private static final int PORT = 29570;

	private static final long MUCH_MEMORY = 300L << 20;

	private static final List<NodeAddress> LISTED = IntStream.range(0, 2)
		.mapToObj((i) -> NodeAddress.of("n" + (i + 1) + "@127.0.0.1:" + (PORT + i)))
		.toList();

	private final String cluster = "hostile-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	private final List<RecordingListener> heard = new ArrayList<>();

	private final List<JChannel> channels = new ArrayList<>();

	private int made;

	private long before;

	private HostileNode hostile;

	private Address victim;

	@BeforeEach
	void connectTwo() throws Exception {
		connect(0);
		connect(1);
		await().until(() -> this.heard.get(0).nodes().size() == 2);
		this.victim = this.channels.get(0).getAddress();
		this.hostile = new HostileNode(this.channels.get(1), PORT, 9);
		talk("before");
		this.before = oldGeneration().mapToLong((pool) -> pool.getUsage().getUsed()).sum();
		oldGeneration().forEach(MemoryPoolMXBean::resetPeakUsage);
	}

	@AfterEach
	void membersHaveNotNoticed() throws Exception {
		talk("after");
		assertThat(this.heard.get(0).views()).hasSize(2);
		assertThat(this.heard.get(1).views()).hasSize(1);
		assertThat(this.transports).allSatisfy((transport) -> assertThat(transport.failures()).isEmpty());
		this.hostile.close();
		this.transports.forEach(JGroupsTransport::disconnect);
	}

	@Test
	void objectsAreNotDeserialized() throws Exception {
		List<Message> messages = List.of(new ObjectMessage(this.victim, new Marker()),
				new ObjectMessage(this.victim, new Marker()).putHeader(WireSamples.STABILITY, stability()),
				new BytesMessage(this.victim, WireSamples.serialized()).putHeader(WireSamples.STABILITY, stability()),
				new BytesMessage(this.victim, WireSamples.serialized()).putHeader(WireSamples.UNICAST,
						UnicastHeader3.createXmitReqHeader()));
		count();
		for (Message message : messages) {
			this.hostile.say(WireSamples.frame(message.setSrc(WireSamples.SELF)));
		}
		this.hostile.say(WireSamples.batch(this.victim, messages, this.cluster));
		refused(FrameRefusal.OBJECT, 5);
		nothingWasMade();
	}

	@Test
	void headersThatNameAClassAreNotRead() throws Exception {
		byte[] frame = WireSamples.frame(new EmptyMessage(this.victim).setSrc(WireSamples.SELF)
			.putHeader(WireSamples.UNICAST, new AuthHeader(new Marker())));
		count();
		this.hostile.say(frame);
		refused(FrameRefusal.HEADER, 1);
		nothingWasMade();
	}

	@Test
	void addressesOfOtherClassesAreNotRead() throws Exception {
		for (int kind = 0; kind < 124; kind++) {
			int number = (kind == 12) ? 13 : kind;
			this.hostile.say(WireSamples.frame(Message.EMPTY_MSG, this.victim, WireSamples.MEMBERSHIP, 55, (out) -> {
				out.write(new byte[] { 1, 0, 0, 0 });
				out.writeShort(number);
			}));
		}
		refused(FrameRefusal.OBJECT, 124);
	}

	@Test
	void lengthOfAFrameOfTwoGigabytesEndsTheConnection() throws Exception {
		this.hostile.say(Integer.MAX_VALUE, new byte[100]);
		assertThat(this.hostile.isHungUp()).isTrue();
		refused(FrameRefusal.SIZE, 1);
		littleMemoryWasTaken();
	}

	@Test
	void lengthsWithinAFrameTakeNoMemory() throws Exception {
		this.hostile.say(WireSamples.frame(Message.BYTES_MSG, this.victim, WireSamples.MEMBERSHIP, 55, (out) -> {
			out.write(new byte[] { 1, 0, 0, 1 });
			out.writeInt(Integer.MAX_VALUE - 8);
		}));
		this.hostile.say(WireSamples.bytes((out) -> {
			Util.writeMessageListHeader(this.victim, WireSamples.SELF, new byte[1], Integer.MAX_VALUE, out, false);
			out.writeShort(Message.EMPTY_MSG);
		}));
		this.hostile.say(WireSamples.frame(WireSamples.part(this.victim, 1, 0, Integer.MAX_VALUE)));
		refused(FrameRefusal.SIZE, 1);
		refused(FrameRefusal.FORM, 1);
		refused(FrameRefusal.FRAGMENT, 1);
		littleMemoryWasTaken();
	}

	@Test
	void partsThatAreNeverCompletedTakeNoMoreThanWhatHasCome() throws Exception {
		for (int i = 0; i < 20_000; i++) {
			this.hostile
				.say(WireSamples.frame(WireSamples.part(this.victim, i, 0, MessageParts.count(PayloadLimit.DEFAULT))
					.setFlag(Message.Flag.NO_RELIABILITY)));
		}
		talk("parts");
		littleMemoryWasTaken();
	}

	@Test
	void truncatedBatchIsNotRead() throws Exception {
		byte[] batch = WireSamples.batch(this.victim,
				List.of(WireSamples.message(this.victim, "one"), WireSamples.message(this.victim, "two")),
				this.cluster);
		for (int length = 3; length < batch.length; length++) {
			this.hostile.say(Arrays.copyOf(batch, length));
		}
		await().until(() -> refusals() == batch.length - 3);
	}

	@Test
	void numbersFarAheadAreNotTaken() throws Exception {
		this.hostile.say(numbered(1, true));
		this.hostile.say(numbered(2 + NodeWindow.WIDTH, false));
		this.hostile.say(numbered(1L << 31, false));
		this.hostile.say(numbered(1L << 40, false));
		this.hostile.say(numbered(Long.MAX_VALUE, false));
		refused(FrameRefusal.WINDOW, 4);
		littleMemoryWasTaken();
	}

	@Test
	void sendersWithoutEndAreForgotten(CapturedOutput log) throws Exception {
		int threads = Thread.activeCount();
		UNICAST3 unicast = this.channels.get(0).getProtocolStack().findProtocol(UNICAST3.class);
		for (int i = 0; i < 3 * NodeUnicast.MOST_STRANGERS; i++) {
			Address stranger = MemberAddress.newAddress(Node.of("stranger" + i + "@127.0.0.1"), 9);
			this.hostile.say(WireSamples
				.frame(WireSamples.numbered(WireSamples.message(this.victim, "text"), 1, (short) 1, true, this.cluster)
					.setSrc(stranger)));
		}
		await().until(() -> this.transports.get(0).refusedFrames(FrameRefusal.STRANGER) >= 2);
		assertThat(unicast.getNumReceiveConnections()).isLessThanOrEqualTo(NodeUnicast.MOST_STRANGERS + 2);
		// the engine's pool ends a thread that has had nothing to do for 30 s
		await().atMost(Duration.ofSeconds(90)).until(() -> Thread.activeCount() < threads + 100);
		assertThat(log.getOut().lines().filter((line) -> line.contains(" WARN "))).hasSizeLessThan(20);
	}

	@Test
	void randomBytesAreCountedAndLoggedNowAndThen(CapturedOutput log) throws Exception {
		Random random = new Random(42);
		for (int i = 0; i < 1000; i++) {
			byte[] garbage = new byte[3 + random.nextInt(200)];
			random.nextBytes(garbage);
			garbage[0] = (byte) (Version.version >> Byte.SIZE);
			garbage[1] = (byte) Version.version;
			this.hostile.say(garbage);
		}
		await().until(() -> refusals() == 1000);
		assertThat(log.getOut().lines().filter((line) -> line.contains("Did not read")).count()).isBetween(1L, 40L);
		assertThat(log.getOut()).contains("127.0.0.1:9 has sent").contains("change cluster.cookie");
	}

	private byte[] numbered(long number, boolean first) {
		return WireSamples.frame(
				WireSamples.numbered(WireSamples.message(this.victim, "text"), number, (short) 1, first, this.cluster));
	}

	private static STABLE.StableHeader stability() {
		return new STABLE.StableHeader(STABLE.StableHeader.STABILITY, null);
	}

	private void count() {
		this.made = Marker.made.get();
	}

	private void nothingWasMade() {
		talk("made");
		assertThat(Marker.made).hasValue(this.made);
	}

	private void refused(FrameRefusal reason, long count) {
		await().untilAsserted(() -> assertThat(this.transports.get(0).refusedFrames(reason)).isEqualTo(count));
	}

	private long refusals() {
		return Arrays.stream(FrameRefusal.values()).mapToLong(this.transports.get(0)::refusedFrames).sum();
	}

	private void littleMemoryWasTaken() {
		// what is large is put there at once
		long peak = oldGeneration().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum();
		assertThat(peak - this.before).isLessThan(MUCH_MEMORY);
	}

	private static Stream<MemoryPoolMXBean> oldGeneration() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP && pool.getName().contains("Old"));
	}

	private void talk(String what) {
		for (int i = 0; i < 2; i++) {
			this.transports.get(i).send((i + what).getBytes(StandardCharsets.UTF_8));
		}
		await().untilAsserted(() -> {
			assertThat(this.heard.get(0).frames()).contains("n2:1" + what);
			assertThat(this.heard.get(1).frames()).contains("n1:0" + what);
		});
	}

	private void connect(int index) {
		RecordingListener listener = new RecordingListener();
		JGroupsTransport transport = StackSamples.transport(this.cluster, LISTED.get(index), LISTED,
				new PortRange(PORT, 2), List.of(this.channels::add));
		this.transports.add(transport);
		this.heard.add(listener);
		transport.connect(listener);
	}

}
