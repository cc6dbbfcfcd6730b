package io.clusterspring.jgroups.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterTransportContractTests;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.NodeBindException;
import io.clusterspring.jgroups.PortRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class JGroupsTransportIntegrationTests extends ClusterTransportContractTests {

	private static final PortRange PORTS = new PortRange(27800, 10);

	private static final List<NodeAddress> LISTED = IntStream.rangeClosed(1, 3)
		.mapToObj((i) -> NodeAddress.of("n" + i + "@127.0.0.1"))
		.toList();

	private final String cluster = "test-" + UUID.randomUUID();

	private final Map<ClusterTransport, DISCARD> cables = Collections.synchronizedMap(new IdentityHashMap<>());

	private final List<DISCARD> cut = new ArrayList<>();

	private JChannel channel;

	@Override
	protected ClusterTransport transport(Node node) {
		AtomicReference<ClusterTransport> made = new AtomicReference<>();
		JGroupsTransport transport = StackSamples.transport(this.cluster, new NodeAddress(node, null), LISTED, PORTS,
				List.of((created) -> {
					this.channel = created;
					this.cables.put(made.get(), cable(created));
				}));
		made.set(transport);
		return transport;
	}

	private static DISCARD cable(JChannel created) {
		DISCARD cable = new DISCARD();
		try {
			created.getProtocolStack().insertProtocol(cable, ProtocolStack.Position.ABOVE, NodeTcp.class);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return cable;
	}

	@Override
	protected void cutOff(ClusterTransport transport) {
		DISCARD cable = this.cables.get(transport);
		cable.discardAll(true);
		this.cut.add(cable);
	}

	@Override
	protected void heal() {
		this.cut.forEach((cable) -> cable.discardAll(false));
	}

	@Test
	void crashedNodeIsMissedAndComesBack() throws Exception {
		Peer first = connect(N1);
		connect(N2);
		Util.shutdown(this.channel);
		Peer again = connect(N2);
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactly(N1, N2));
		first.send("welcome");
		await().untilAsserted(() -> assertThat(again.heard.frames()).containsExactly("n1:welcome"));
		assertThat(first.heard.views()).extracting((view) -> view.nodes().size()).containsExactly(1, 2, 1, 2);
	}

	@Test
	void clustersOfDifferentNamesShareThePorts() {
		Peer first = connect(N1);
		JGroupsTransport stranger = StackSamples.transport("other-" + this.cluster, LISTED.get(0), LISTED, PORTS,
				List.of());
		onDisconnect(stranger);
		Peer strange = new Peer(stranger);
		strange.connect();
		Peer second = connect(N2);
		seesAll(first, second);
		first.send("hello");
		await().untilAsserted(() -> assertThat(second.heard.frames()).containsExactly("n1:hello"));
		assertThat(strange.heard.views()).hasSize(1);
	}

	@Test
	void saysWhereItCannotListen() {
		assertThatExceptionOfType(NodeBindException.class).isThrownBy(() -> connect(Node.of("n1@192.0.2.1")));
		assertThatExceptionOfType(NodeBindException.class).isThrownBy(() -> connect(Node.of("n1@host.invalid")));
	}

	@Test
	void saysThatThePortsAreTaken() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			int port = taken.getLocalPort();
			JGroupsTransport second = StackSamples.transport(this.cluster, NodeAddress.of("n2@127.0.0.1:" + port),
					LISTED, PORTS, List.of());
			assertThatExceptionOfType(NodeBindException.class).isThrownBy(() -> new Peer(second).connect())
				.satisfies((ex) -> assertThat(ex.lastPort()).isEqualTo(port));
		}
	}

}
