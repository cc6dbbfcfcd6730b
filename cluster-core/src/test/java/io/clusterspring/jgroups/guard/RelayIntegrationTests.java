package io.clusterspring.jgroups.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterCookie;
import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.RefusedPeer;
import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that listens where a node looks for an absent one, and passes what it hears
 * on to a third, gets neither in nor to read anything.
 */
class RelayIntegrationTests {

	private static final int PORT = 28450;

	private static final int ABSENT = PORT + 1;

	private final String cluster = "relay-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	@AfterEach
	void disconnect() {
		this.transports.forEach(JGroupsTransport::disconnect);
	}

	@Test
	void relayThatPassesAllBytesOnIsRefusedAtBothEnds() throws IOException {
		RecordingListener first = connect("n1", PORT, null);
		try (Relay relay = new Relay(ABSENT, PORT)) {
			RecordingListener third = connect("n3", PORT + 2, null);
			refusedAtBothEnds("looked for a node at 127.0.0.1:" + ABSENT, "at another address");
			areAlone(first, third);
			assertThat(relay.seen()).contains("cluster3").doesNotContain(this.cluster).doesNotContain("n3@");
		}
	}

	@Test
	void relayThatEndsTlsItselfIsRefusedAtBothEnds() throws IOException {
		RecordingListener first = connect("n1", PORT, null);
		try (Relay relay = new TlsRelay(ABSENT, PORT)) {
			RecordingListener third = connect("n3", PORT + 2, null);
			refusedAtBothEnds("see different certificates", "see different certificates");
			areAlone(first, third);
			assertThat(relay.seen()).as("it has read the handshake").contains(this.cluster).doesNotContain("n3@");
		}
	}

	@Test
	void nodeIsNotShownToItself() throws IOException {
		try (Relay relay = new Relay(ABSENT, PORT)) {
			RecordingListener first = connect("n1", PORT, null);
			await().untilAsserted(() -> assertThat(this.transports.get(0).refusedPeers()).isNotEmpty());
			assertThat(this.transports.get(0).refusedPeers()).extracting(RefusedPeer::reason)
				.containsOnly(Reason.RELAY);
			areAlone(first);
			assertThat(relay.seen()).doesNotContain(this.cluster);
		}
	}

	@Test
	void nodeThatSaysWhereItIsFoundFromOutsideIsReachedThere() throws IOException {
		RecordingListener first = connect("n1", PORT, ABSENT);
		try (Relay nat = new Relay(ABSENT, PORT)) {
			RecordingListener third = connect("n3", PORT + 2, null);
			await().untilAsserted(() -> assertThat(first.nodes()).hasSize(2));
			await().untilAsserted(() -> {
				this.transports.get(1).send("top secret".getBytes(StandardCharsets.UTF_8));
				assertThat(first.frames()).contains("n3:top secret");
			});
			assertThat(third.nodes()).hasSize(2);
			assertThat(nat.seen()).doesNotContain("top secret").doesNotContain("n3@");
		}
	}

	private void refusedAtBothEnds(String atTheThird, String atTheFirst) {
		await().untilAsserted(() -> assertThat(this.transports)
			.allSatisfy((transport) -> assertThat(transport.refusedPeers()).isNotEmpty()));
		assertThat(this.transports).flatExtracting(JGroupsTransport::refusedPeers)
			.extracting(RefusedPeer::reason)
			.containsExactly(Reason.RELAY, Reason.RELAY);
		assertThat(this.transports.get(0).refusedPeers().get(0).detail()).contains(atTheThird);
		assertThat(this.transports.get(1).refusedPeers().get(0).detail()).contains(atTheFirst);
		assertThat(this.transports.get(1).refusedPeers().get(0).address()).isEqualTo("127.0.0.1:" + ABSENT);
	}

	private static void areAlone(RecordingListener... nodes) {
		assertThat(nodes).allSatisfy((node) -> assertThat(node.views()).hasSize(1));
		assertThat(nodes).allSatisfy((node) -> assertThat(node.nodes()).hasSize(1));
	}

	private RecordingListener connect(String name, int port, Integer outside) {
		RecordingListener listener = new RecordingListener();
		NodeAddress self = NodeAddress.of(name + "@127.0.0.1:" + port);
		List<NodeAddress> listed = List.of(NodeAddress.of("n2@127.0.0.1:" + ABSENT));
		JGroupsTransport transport = new JGroupsTransport(this.cluster, self, listed,
				NodeLookups.listed(listed, List.of()), new PortRange(PORT, 1), ListenSettings.DEFAULT,
				List.of((channel) -> {
					if (outside != null) {
						channel.getProtocolStack()
							.getTransport()
							.setValue("external_addr", InetAddress.getLoopbackAddress())
							.setValue("external_port", outside);
					}
				}), new ConnectionSecurity(ClusterCookie.of("correct horse battery"), null), NodeLimits.DEFAULT);
		this.transports.add(transport);
		transport.connect(listener);
		return listener;
	}

	/**
	 * A relay that reads along: it shows certificates of its own to both nodes.
	 */
	private static final class TlsRelay extends Relay {

		private final SSLSocketFactory tls = new CookieTls().get().context().getSocketFactory();

		TlsRelay(int listens, int port) throws IOException {
			super(listens, port);
		}

		@Override
		void join(Socket caller, Socket node) throws IOException {
			pass(9, caller, node);
			pass(9, node, caller);
			SSLSocket above = layer(caller, false);
			SSLSocket below = layer(node, true);
			start(() -> pass(above.getInputStream(), below.getOutputStream(), caller, node));
			pass(below.getInputStream(), above.getOutputStream(), caller, node);
		}

		private static void pass(int count, Socket from, Socket to) throws IOException {
			to.getOutputStream().write(from.getInputStream().readNBytes(count));
		}

		private SSLSocket layer(Socket socket, boolean client) throws IOException {
			SSLSocket layer = (SSLSocket) this.tls.createSocket(socket, "relay", socket.getPort(), true);
			layer.setUseClientMode(client);
			layer.setNeedClientAuth(true);
			layer.startHandshake();
			return layer;
		}

	}

}
