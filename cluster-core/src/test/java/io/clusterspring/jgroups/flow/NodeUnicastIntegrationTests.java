package io.clusterspring.jgroups.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.StackSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens to messages whose acknowledgements were lost.
 */
class NodeUnicastIntegrationTests {

	private static final PortRange PORTS = new PortRange(29530, 2);

	private static final List<NodeAddress> LISTED = List.of(NodeAddress.of("n1@127.0.0.1"),
			NodeAddress.of("n2@127.0.0.1"));

	private final String cluster = "unicast-" + UUID.randomUUID();

	private final List<JChannel> channels = new ArrayList<>();

	private final List<JGroupsTransport> transports = LISTED.stream()
		.map((node) -> StackSamples.transport(this.cluster, node, LISTED, PORTS, List.of(this.channels::add)))
		.toList();

	private final RecordingListener heard = new RecordingListener();

	@AfterEach
	void disconnect() {
		this.transports.forEach(JGroupsTransport::disconnect);
	}

	@Test
	void whatASenderRepeatsToOneThatHasForgottenItIsNotDeliveredAgain() throws Exception {
		RecordingListener first = new RecordingListener();
		this.transports.get(0).connect(first);
		this.transports.get(1).connect(this.heard);
		await().until(() -> first.nodes().size() == 2);
		DISCARD acknowledgements = new DISCARD();
		this.channels.get(0)
			.getProtocolStack()
			.insertProtocol(acknowledgements, ProtocolStack.Position.ABOVE, TP.class);
		acknowledgements.setUpDiscardRate(1);
		send(0, 10);
		await().untilAsserted(() -> assertThat(this.heard.frames()).isEqualTo(frames(10)));
		UNICAST3 receiver = this.channels.get(1).getProtocolStack().findProtocol(UNICAST3.class);
		receiver.removeReceiveConnection(this.channels.get(0).getAddress());
		acknowledgements.setUpDiscardRate(0);
		UNICAST3 sender = this.channels.get(0).getProtocolStack().findProtocol(UNICAST3.class);
		await().until(() -> sender.getNumUnackedMessages() == 0);
		send(10, 20);
		await().untilAsserted(() -> assertThat(this.heard.frames()).hasSizeGreaterThanOrEqualTo(20));
		assertThat(this.heard.frames()).isEqualTo(frames(20));
	}

	private void send(int from, int to) {
		IntStream.range(from, to).forEach((number) -> this.transports.get(0).send(("" + number).getBytes()));
	}

	private static List<String> frames(int count) {
		return IntStream.range(0, count).mapToObj((number) -> "n1:" + number).toList();
	}

}
