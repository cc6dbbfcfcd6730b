package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonValue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.Assert;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportDetails;
import io.clusterspring.TransportListener;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests {@link ClusterPubSub} on an engine in memory, and on a single node.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClusterPubSubTests extends PubSubContractTests {

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("pubsub");

	private final BrokenTransport broken = new BrokenTransport();

	private final ClusterWire wire = new ClusterWire(this.broken, Runnable::run, 10);

	private final ClusterPubSub alone = new ClusterPubSub(this.wire, PubSubNodes.CODEC, Runnable::run, 10,
			MessageObserver.NONE);

	@Override
	protected ClusterTransport transport(Node node) {
		return this.network.transport(node);
	}

	@Test
	void localSubscriberIsServedBeforeTheNetworkAndWithoutIt() {
		Heard<String> heard = new Heard<>();
		this.alone.subscribe("topic", String.class, heard);
		assertThatIllegalStateException().isThrownBy(() -> this.alone.broadcast("topic", "hello"));
		assertThat(heard.all()).containsExactly("hello");
		this.alone.broadcastLocal("topic", "near");
		this.alone.broadcastTo(PubSubNodes.N1, "topic", "mine");
		assertThat(heard.all()).containsExactly("hello", "near", "mine");
		assertThat(this.broken.sent).isEqualTo(1);
	}

	@Test
	void localSubscriberGetsACopyAndNotTheObject() {
		Heard<Object> heard = new Heard<>();
		this.alone.subscribe("topic", Object.class, heard);
		byte[] bytes = { 1, 2 };
		List<Integer> list = List.of(3);
		this.alone.broadcastLocal("topic", bytes);
		this.alone.broadcastLocal("topic", list);
		bytes[0] = 9;
		assertThat((byte[]) heard.all().get(0)).containsExactly(1, 2);
		assertThat(heard.all().get(1)).isEqualTo(list).isNotSameAs(list);
	}

	@Test
	void payloadIsEncodedOnceEvenForManyListeners() {
		Watched payload = new Watched();
		Heard<TopicMessage> heard = new Heard<>();
		for (int i = 0; i < 3; i++) {
			this.alone.subscribe("topic", heard);
		}
		this.alone.broadcastLocal("topic", payload);
		assertThat(heard.all()).hasSize(3);
		assertThat(payload.encoded).isEqualTo(1);
	}

	@Test
	void refusesWhatCannotBeEncodedAndTellsNobody() {
		Heard<TopicMessage> heard = new Heard<>();
		this.alone.subscribe("topic", heard);
		for (Object payload : List.of("text", 42, List.of(1), List.of(new byte[] { '{' }))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.alone.broadcast("topic", new Broadcast("new_msg", payload)))
				.withMessage("The payload of broadcast 'new_msg' is neither binary nor a JSON object");
		}
		Watched unwritable = new Watched();
		unwritable.encoded = -1;
		assertThatIllegalArgumentException().isThrownBy(() -> this.alone.broadcast("topic", unwritable))
			.withMessageContaining("cannot be written as JSON");
		assertThatIllegalArgumentException().isThrownBy(() -> this.alone.broadcast("", "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.alone.subscribe("", heard));
		assertThatIllegalArgumentException().isThrownBy(() -> new Broadcast("", List.of()));
		assertThat(heard.all()).isEmpty();
		assertThat(this.broken.sent).isZero();
	}

	@Test
	void binaryBroadcastHasNamesThatFitIntoAClientsMessage() {
		Heard<TopicMessage> heard = new Heard<>();
		String longest = "é".repeat(127) + "x";
		this.alone.subscribe(longest, heard);
		this.alone.broadcastLocal(longest, new Broadcast(longest, new byte[] { 1 }));
		await().until(() -> heard.all().size() == 1);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.alone.broadcast(longest + "x", new Broadcast("event", new byte[0])))
			.withMessageContaining("more than 255 bytes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.alone.broadcast("topic", new Broadcast("é".repeat(128), new byte[0])))
			.withMessageContaining("more than 255 bytes");
	}

	@Test
	void ignoresAFrameItCannotReadAndTakesTheNext(CapturedOutput output) {
		Heard<String> heard = new Heard<>();
		this.alone.subscribe("topic", String.class, heard);
		this.wire.frameReceived(PubSubNodes.N2, ByteBuffer.wrap(new byte[] { 2, 1, 9 }));
		this.wire.frameReceived(PubSubNodes.N2, ByteBuffer.wrap(new byte[] { 2, 1, 0 }));
		this.wire.frameReceived(PubSubNodes.N2,
				ByteBuffer.wrap(FrameCodec.encode("topic", null, PayloadKind.TEXT, Map.of(), new byte[] { 'x' })));
		assertThat(heard.all()).containsExactly("x");
		assertThat(output).contains(
				"Skipped a frame of kind 'topic' in a form that this node does not know (sort 9), from n2@127.0.0.1")
			.contains("it is cut off; 1 such");
	}

	/**
	 * A payload that counts how often it is written. With a count of -1 it cannot be
	 * written.
	 */
	private static final class Watched {

		private int encoded;

		@JsonValue
		Map<String, Integer> value() {
			this.encoded++;
			Assert.state(this.encoded != 0, "no value");
			return Map.of("encoded", this.encoded);
		}

	}

	/** A transport without a network. */
	private static final class BrokenTransport implements ClusterTransport {

		private int sent;

		@Override
		public Node self() {
			return PubSubNodes.N1;
		}

		@Override
		public PayloadLimit payloadLimit() {
			return new PayloadLimit(PayloadLimit.DEFAULT);
		}

		@Override
		public void connect(TransportListener listener) {
		}

		@Override
		public void send(byte[] frame) {
			this.sent++;
			throw new IllegalStateException("network is down");
		}

		@Override
		public int send(byte[] frame, Predicate<? super Node> receivers) {
			send(frame);
			return 0;
		}

		@Override
		public void sendTo(Node node, byte[] frame) {
			send(frame);
		}

		@Override
		public TransportDetails details() {
			throw new IllegalStateException("no network");
		}

		@Override
		public CompletableFuture<Duration> roundTrip(Node node) {
			throw new IllegalStateException("no network");
		}

		@Override
		public void disconnect() {
		}

	}

}
