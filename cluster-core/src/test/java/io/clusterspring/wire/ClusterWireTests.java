package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ClusterWire}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClusterWireTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("wire");

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final List<String> heard = new ArrayList<>();

	private final ClusterWire wire = new ClusterWire(this.network.transport(N1), this.tasks::add, 3);

	@Test
	void eachFrameGoesToTheReceiverOfItsKindAndToNoOther() {
		for (FrameKind kind : EnumSet.complementOf(EnumSet.of(FrameKind.HELLO))) {
			this.wire.open(kind, (sender, body) -> this.heard.add(kind + " " + text(body) + " of " + sender.name()));
		}
		this.wire.frameReceived(N2, frame(FrameKind.PRESENCE, "a"));
		this.wire.frameReceived(N2, frame(FrameKind.TOPIC, "b"));
		run();
		assertThat(this.heard).containsExactly("PRESENCE a of n2", "TOPIC b of n2");
	}

	@Test
	void codesAndLabelsAreUnique() {
		List<FrameKind> kinds = List.of(FrameKind.values());
		assertThat(kinds).extracting(FrameKind::code).doesNotHaveDuplicates().doesNotContain((byte) 1);
		assertThat(kinds).extracting(FrameKind::label).doesNotHaveDuplicates();
		assertThat(kinds).allSatisfy((kind) -> assertThat(FrameKind.of(kind.code())).isSameAs(kind));
	}

	@Test
	void framesReachTheOtherNodesAndNeverThisOne() {
		this.wire.open(FrameKind.PRESENCE, (sender, body) -> this.heard.add("own"));
		ClusterTransport first = this.network.transport(N1);
		ClusterTransport second = this.network.transport(N2);
		ClusterWire there = new ClusterWire(second, Runnable::run, 10);
		List<String> received = new ArrayList<>();
		there.open(FrameKind.PRESENCE, (sender, body) -> received.add(text(body)));
		ClusterWire here = new ClusterWire(first, Runnable::run, 10);
		WireLine connected = here.open(FrameKind.PRESENCE, (sender, body) -> this.heard.add("own"));
		first.connect(here);
		second.connect(there);
		connected.send(new FrameWriter(FrameKind.PRESENCE).text("to all").frame());
		connected.sendTo(N2, new FrameWriter(FrameKind.PRESENCE).text("to one").frame());
		connected.sendTo(N1, new FrameWriter(FrameKind.PRESENCE).text("to itself").frame());
		await().untilAsserted(() -> assertThat(received).containsExactly("to all", "to one"));
		assertThat(this.heard).isEmpty();
		assertThat(here.statistics(FrameKind.PRESENCE).sentFrames()).isEqualTo(3);
		assertThat(there.statistics(FrameKind.PRESENCE).receivedFrames()).isEqualTo(2);
		assertThat(this.wire.statistics(FrameKind.PRESENCE).sentFrames()).isZero();
	}

	@Test
	void unknownFramesAreSkippedCountedAndSeldomLogged(CapturedOutput output) {
		for (int i = 0; i < 1000; i++) {
			this.wire.frameReceived(N2, ByteBuffer.wrap(new byte[] { 1, 1, 7 }));
			this.wire.frameReceived(N2, ByteBuffer.wrap(new byte[] { FrameKind.PRESENCE.code(), 99, 7 }));
			this.wire.frameReceived(N2, ByteBuffer.allocate(0));
			this.wire.frameReceived(N2, ByteBuffer.wrap(new byte[] { FrameKind.PRESENCE.code() }));
		}
		assertThat(this.wire.unknownKinds()).isEqualTo(3000);
		assertThat(this.wire.unknownVersions()).isEqualTo(1000);
		assertThat(output.getAll().lines().filter((line) -> line.contains("Skipped a frame")).count()).isBetween(20L,
				23L);
		assertThat(output).contains("a kind that this node does not know, from n2@127.0.0.1: 1 such frame(s)");
	}

	@Test
	void malformedFramesAreCountedAndSeldomLogged(CapturedOutput output) {
		ClusterWire direct = new ClusterWire(this.network.transport(N1), Runnable::run, 3);
		direct.open(FrameKind.PRESENCE, (sender, body) -> this.heard.add(FrameReader.read(body, FrameReader::text)));
		for (int i = 0; i < 1000; i++) {
			direct.frameReceived(N2, ByteBuffer.wrap(new byte[] { FrameKind.PRESENCE.code(), 1, 100 }));
		}
		direct.frameReceived(N2, frame(FrameKind.PRESENCE, "next"));
		assertThat(this.heard).containsExactly("next");
		assertThat(direct.statistics(FrameKind.PRESENCE).malformedFrames()).isEqualTo(1000);
		assertThat(output.getAll().lines().filter((line) -> line.contains("Refused a frame")).count()).isEqualTo(10);
		assertThat(output).contains("Refused a frame of kind 'presence' from n2@127.0.0.1: it is cut off; 512 such");
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void aReceiverThatFailsLosesThatFrameOnlyAndIsSeldomLogged(CapturedOutput output) {
		ClusterWire direct = new ClusterWire(this.network.transport(N1), Runnable::run, 3);
		direct.openDirect(FrameKind.PRESENCE, (sender, body) -> {
			this.heard.add(text(body));
			throw new IllegalStateException("as it should");
		});
		for (int i = 0; i < 1000; i++) {
			direct.frameReceived(N2, frame(FrameKind.PRESENCE, "next"));
		}
		assertThat(this.heard).hasSize(1000);
		assertThat(direct.statistics(FrameKind.PRESENCE).failedFrames()).isEqualTo(1000);
		assertThat(output.getAll().lines().filter((line) -> line.contains("could not be handled")).count())
			.isEqualTo(10);
		assertThat(output).contains("IllegalStateException: as it should").doesNotContain("ERROR");
	}

	@Test
	void framesThatFindTheMailboxFullAreDroppedAndCounted(CapturedOutput output) {
		WireLine line = this.wire.open(FrameKind.DISCONNECT, (sender, body) -> this.heard.add(text(body)));
		for (int i = 0; i < 10; i++) {
			this.wire.frameReceived(N2, frame(FrameKind.DISCONNECT, "f" + i));
		}
		assertThat(line.waiting()).isEqualTo(3);
		assertThat(line.dropped()).isEqualTo(7);
		assertThat(line.post(() -> this.heard.add("task"))).isFalse();
		BooleanSupplier caughtUp = line.caughtUp();
		assertThat(caughtUp.getAsBoolean()).isFalse();
		run();
		assertThat(caughtUp.getAsBoolean()).isTrue();
		assertThat(this.heard).containsExactly("f0", "f1", "f2");
		assertThat(output).contains("Too many frames of kind 'disconnect' wait: 4 frame(s)");
	}

	@Test
	void receiverIsToldOfWhatIsDropped() {
		ClusterWire small = new ClusterWire(this.network.transport(N1), this.tasks::add, 2, 20);
		small.open(FrameKind.DISCONNECT, new FrameReceiver() {
			@Override
			public void receive(Node sender, ByteBuffer body) {
				ClusterWireTests.this.heard.add(text(body));
			}

			@Override
			public void dropped(Node sender) {
				ClusterWireTests.this.heard.add("dropped of " + sender.name());
			}
		});
		for (String text : List.of("a", "b".repeat(30), "c", "d")) {
			small.frameReceived(N2, frame(FrameKind.DISCONNECT, text));
		}
		assertThat(this.heard).as("too many bytes, then too many frames")
			.containsExactly("dropped of n2", "dropped of n2");
		run();
		assertThat(this.heard).endsWith("a", "c");
	}

	@Test
	void framesThatFindTooManyBytesWaitingAreDroppedAndCounted() {
		ClusterWire small = new ClusterWire(this.network.transport(N1), this.tasks::add, 100, 20);
		WireLine line = small.open(FrameKind.STOMP_MESSAGE, (sender, body) -> this.heard.add(text(body)));
		for (String text : List.of("a".repeat(9), "b".repeat(9), "c", "d")) {
			small.frameReceived(N2, frame(FrameKind.STOMP_MESSAGE, text));
		}
		assertThat(line.waiting()).isEqualTo(2);
		assertThat(line.dropped()).isEqualTo(2);
		run();
		small.frameReceived(N2, frame(FrameKind.STOMP_MESSAGE, "e".repeat(50)));
		small.frameReceived(N2, frame(FrameKind.STOMP_MESSAGE, "f"));
		run();
		assertThat(this.heard).containsExactly("a".repeat(9), "b".repeat(9), "e".repeat(50));
		assertThat(small.statistics(FrameKind.STOMP_MESSAGE).droppedFrames()).isEqualTo(3);
	}

	@Test
	void aKindHasOneReceiverUntilItsLineIsClosed() {
		WireLine line = this.wire.open(FrameKind.PRESENCE, (sender, body) -> this.heard.add("first"));
		assertThatIllegalStateException().isThrownBy(() -> this.wire.open(FrameKind.PRESENCE, (sender, body) -> {
		})).withMessageContaining("'presence' is open already");
		this.wire.frameReceived(N2, frame(FrameKind.PRESENCE, "x"));
		line.close();
		line.close();
		this.wire.frameReceived(N2, frame(FrameKind.PRESENCE, "x"));
		this.wire.open(FrameKind.PRESENCE, (sender, body) -> this.heard.add("second"));
		line.close();
		this.wire.frameReceived(N2, frame(FrameKind.PRESENCE, "x"));
		run();
		assertThat(this.heard).containsExactly("second");
	}

	@Test
	void nodesTellEachOtherWhatTheyReadWhicheverOfThemSeesTheOtherFirst() {
		ClusterTransport first = this.network.transport(N1);
		ClusterTransport second = this.network.transport(N2);
		ClusterWire here = new ClusterWire(first, Runnable::run, 10);
		ClusterWire there = new ClusterWire(second, Runnable::run, 10);
		first.connect(here);
		second.connect(there);
		await().untilAsserted(() -> {
			assertThat(here.statistics(FrameKind.HELLO).receivedFrames()).isBetween(1L, 2L);
			assertThat(there.statistics(FrameKind.HELLO).receivedFrames()).isBetween(1L, 2L);
		});
		assertThat(here.version(FrameKind.PRESENCE)).isEqualTo(FrameKind.PRESENCE.version());
	}

	@Test
	void aReceiverLearnsThatAFrameCouldNotBeRead() {
		ClusterWire direct = new ClusterWire(this.network.transport(N1), Runnable::run, 3);
		direct.open(FrameKind.DISTRIBUTED, new FrameReceiver() {

			@Override
			public void receive(Node sender, ByteBuffer body) {
				ClusterWireTests.this.heard.add(FrameReader.read(body, (in) -> in.oneOf(new String[] { "known" })));
			}

			@Override
			public void unreadable(Node sender) {
				ClusterWireTests.this.heard.add("unreadable " + sender.name());
			}

		});
		byte code = FrameKind.DISTRIBUTED.code();
		for (byte[] frame : new byte[][] { { code, 1, 0 }, { code, 2, 0 }, { code, 1, 1 }, { code, 1 } }) {
			direct.frameReceived(N2, ByteBuffer.wrap(frame));
		}
		assertThat(this.heard).containsExactly("known", "unreadable n2", "unreadable n2", "unreadable n2");
		assertThat(direct.unknownVersions()).isEqualTo(2);
		assertThat(direct.statistics(FrameKind.DISTRIBUTED).malformedFrames()).isEqualTo(1);
	}

	private void run() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	private static ByteBuffer frame(FrameKind kind, String text) {
		return ByteBuffer.wrap(new FrameWriter(kind).text(text).frame());
	}

	private static String text(ByteBuffer body) {
		return FrameReader.read(body, FrameReader::text);
	}

}
