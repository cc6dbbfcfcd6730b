package io.clusterspring.jgroups.engine;

import java.io.DataOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.PortRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is thrown while a node writes to another costs that message, and not the way to
 * it.
 */
class LaneIntegrationTests {

	private static final int PORT = 29560;

	private static final List<NodeAddress> LISTED = IntStream.range(0, 2)
		.mapToObj((i) -> NodeAddress.of("n" + (i + 1) + "@127.0.0.1:" + (PORT + i)))
		.toList();

	private final String cluster = "lanes-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	private final List<JChannel> channels = new ArrayList<>();

	private final RecordingListener heard = new RecordingListener();

	@BeforeEach
	void connectTwo() {
		connect(0, new RecordingListener());
		connect(1, this.heard);
		await().until(() -> this.channels.get(0).getView().size() == 2);
	}

	@AfterEach
	void disconnect() {
		this.transports.forEach(JGroupsTransport::disconnect);
	}

	@Test
	void messageThatCannotBeWrittenForAnError() throws Exception {
		sendUnwritable(new Unwritable(other(), new StackOverflowError("test"), false));
		assertThat(this.transports.get(0).failures()).containsEntry("lane", "java.lang.StackOverflowError: test");
	}

	@Test
	void messageThatCannotBeWrittenForAnException() throws Exception {
		sendUnwritable(new Unwritable(other(), new IllegalStateException("test"), false));
		assertThat(this.transports.get(0).failures()).isEmpty();
	}

	@Test
	void messageOfWhichNotEvenTheSizeCanBeTold() throws Exception {
		sendUnwritable(new Unwritable(other(), new StackOverflowError("test"), true));
		assertThat(this.transports.get(0).failures()).containsKey("lane");
	}

	@Test
	void smallBatchDoesNotWaitForTheAcknowledgementOfTheOneBefore() {
		talk("before");
		for (JChannel channel : this.channels) {
			assertThat(((NodeTcp) channel.getProtocolStack().getTransport()).tcpNodelay()).isTrue();
		}
	}

	@Test
	void noThreadStaysForANodeThatHasLeftWithoutAcknowledging() throws Exception {
		talk("before");
		DISCARD acknowledgements = new DISCARD();
		this.channels.get(0)
			.getProtocolStack()
			.insertProtocol(acknowledgements, ProtocolStack.Position.ABOVE, TP.class);
		acknowledgements.setUpDiscardRate(1);
		talk("not acknowledged");
		UNICAST3 sender = this.channels.get(0).getProtocolStack().findProtocol(UNICAST3.class);
		assertThat(sender.getNumUnackedMessages()).isPositive();
		this.transports.get(1).disconnect();
		await().atMost(Duration.ofSeconds(20)).until(() -> this.channels.get(0).getView().size() == 1);
		await().during(Duration.ofSeconds(2))
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(lanes()).isEmpty());
		assertThat(sender.getNumUnackedMessages()).as("what is repeated if the node comes back").isPositive();
	}

	private List<String> lanes() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("lane") && name.contains(this.cluster))
			.toList();
	}

	private void sendUnwritable(Message message) throws Exception {
		talk("before");
		this.channels.get(0)
			.getProtocolStack()
			.getTransport()
			.down(message.setFlag(Message.Flag.OOB, Message.Flag.NO_FC, Message.Flag.NO_RELIABILITY));
		talk("after");
		talk("and again");
	}

	private Address other() {
		return this.channels.get(1).getAddress();
	}

	private void talk(String what) {
		this.transports.get(0).send(what.getBytes(StandardCharsets.UTF_8));
		await().untilAsserted(() -> assertThat(this.heard.frames()).contains("n1:" + what));
	}

	private void connect(int index, RecordingListener listener) {
		JGroupsTransport transport = StackSamples.transport(this.cluster, LISTED.get(index), LISTED,
				new PortRange(PORT, 2), List.of(this.channels::add));
		this.transports.add(transport);
		transport.connect(listener);
	}

	private static final class Unwritable extends BytesMessage {

		private final Throwable cause;

		private final boolean sizeless;

		Unwritable(Address to, Throwable cause, boolean sizeless) {
			super(to, new byte[1]);
			this.cause = cause;
			this.sizeless = sizeless;
		}

		@Override
		public int size() {
			return (this.sizeless) ? this.<RuntimeException>sneak() : super.size();
		}

		@Override
		public void writeTo(DataOutput out) {
			this.<RuntimeException>sneak();
		}

		@Override
		public void writeToNoAddrs(Address sender, DataOutput out) {
			this.<RuntimeException>sneak();
		}

		@SuppressWarnings("unchecked")
		private <E extends Throwable> int sneak() throws E {
			throw (E) this.cause;
		}

	}

}
