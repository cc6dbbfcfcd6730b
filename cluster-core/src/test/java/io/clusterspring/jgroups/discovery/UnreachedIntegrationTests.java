package io.clusterspring.jgroups.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.ClusterCookie;
import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.Seed;
import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * A node that is alone although it looks for others says why.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreachedIntegrationTests {

	private static final int PORT = 28530;

	private final String cluster = "unreached-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		this.transports.forEach(JGroupsTransport::disconnect);
		for (AutoCloseable one : this.open) {
			one.close();
		}
	}

	@Test
	void eachCauseIsToldOnceInTheLogAndForgottenWhenOthersAreThere(CapturedOutput output) throws Exception {
		connect("n2", PORT + 1, "another cookie", this.cluster);
		connect("n3", PORT + 2, "secret", "another cluster");
		connect("n4", PORT + 3, null, this.cluster);
		listen(PORT + 4, (socket) -> socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes()));
		listen(PORT + 5, (socket) -> {
		});
		listen(PORT + 6, Socket::close);
		JGroupsTransport alone = connect("n1", PORT, "secret", this.cluster);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(alone.unreached()).extracting(UnreachedPlace::place, UnreachedPlace::cause)
				.containsExactlyInAnyOrder(tuple("127.0.0.1:28531", Cause.COOKIE),
						tuple("127.0.0.1:28532", Cause.CLUSTER), tuple("127.0.0.1:28533", Cause.COOKIE),
						tuple("127.0.0.1:28534", Cause.STRANGER), tuple("127.0.0.1:28535", Cause.SILENT),
						tuple("127.0.0.1:28536", Cause.HUNG_UP), tuple("127.0.0.1:28537", Cause.REFUSED),
						tuple("nowhere.invalid:28538", Cause.UNKNOWN_HOST)));
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(String.join("\n", told(output))).contains(
					"n1@127.0.0.1 is alone in cluster '" + this.cluster + "'", "127.0.0.1:28537: connection refused",
					"127.0.0.1:28535: it takes the connection and says nothing",
					"nowhere.invalid:28538: no address is known", "127.0.0.1:28534: it is no node"));
		assertThat(told(output)).hasSizeLessThanOrEqualTo(8);
		List<String> before = told(output);
		await().during(Duration.ofSeconds(3))
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(told(output)).as("each once").isEqualTo(before));
		connect("n8", PORT + 7, "secret", this.cluster);
		await().untilAsserted(() -> assertThat(alone.unreached()).extracting(UnreachedPlace::place)
			.doesNotContain("127.0.0.1:28537"));
	}

	@Test
	void lookupThatFailsIsACause() {
		JGroupsTransport alone = connect("n1", PORT, null, this.cluster, List.of(), (own) -> {
			throw new IOException("no database");
		});
		await().untilAsserted(
				() -> assertThat(alone.unreached()).extracting(UnreachedPlace::cause).containsExactly(Cause.LOOKUP));
		assertThat(alone.unreached().get(0).detail()).contains("no database");
	}

	@Test
	void nodeThatOnlyListsItselfLooksForNobody(CapturedOutput output) {
		List<NodeAddress> self = List.of(NodeAddress.of("n1@127.0.0.1"));
		JGroupsTransport alone = connect("n1", PORT, null, this.cluster, self, new ListedNodes(self, List.of()));
		await().during(Duration.ofSeconds(7))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(alone.unreached()).isEmpty());
		assertThat(told(output)).isEmpty();
	}

	private static List<String> told(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("looks for others in vain")).toList();
	}

	private void listen(int port, Answer answer) throws IOException {
		ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
		this.open.add(server);
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					Socket socket = server.accept();
					this.open.add(socket);
					answer.to(socket);
				}
			}
			catch (IOException ex) {
				// the test is over
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	private JGroupsTransport connect(String name, int port, String cookie, String cluster) {
		List<Seed> seeds = name.equals("n1") ? Stream
			.concat(Stream.of(1, 2, 3, 4, 5, 6, 7).map((number) -> new Seed("127.0.0.1", PORT + number)),
					Stream.of(new Seed("nowhere.invalid", PORT + 8)))
			.toList() : List.of();
		return connect(name, port, cookie, cluster, List.of(), new ListedNodes(List.of(), seeds));
	}

	private JGroupsTransport connect(String name, int port, String cookie, String cluster, List<NodeAddress> listed,
			NodeLookup lookup) {
		JGroupsTransport transport = new JGroupsTransport(cluster, NodeAddress.of(name + "@127.0.0.1:" + port), listed,
				lookup, new PortRange(PORT, 3), ListenSettings.DEFAULT, List.of(),
				new ConnectionSecurity((cookie != null) ? ClusterCookie.of(cookie) : null, null), NodeLimits.DEFAULT);
		this.transports.add(transport);
		transport.connect(new RecordingListener());
		return transport;
	}

	private interface Answer {

		void to(Socket socket) throws IOException;

	}

}
