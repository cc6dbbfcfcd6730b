package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.h2.jdbcx.JdbcDataSource;
import org.jgroups.JChannel;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.ClusterCookie;
import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.NodeDiscovery;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes that are not found where they listen. All addresses of the loopback network are
 * those of one machine, so a node that listens on all has many.
 */
@ExtendWith(OutputCaptureExtension.class)
class AdvertisedAddressIntegrationTests {

	// a third of the time after which a node is missed for its silence
	private static final Duration LATE = Duration.ofSeconds(20);

	private static final NodeLimits LIMITS = new NodeLimits(LATE.multipliedBy(3), NodeLimits.DEFAULT.outbox(),
			NodeLimits.DEFAULT.patience());

	private static final int PORT = 28510;

	private final String cluster = "advertised-" + UUID.randomUUID();

	private final List<Peer> peers = new ArrayList<>();

	@AfterEach
	void disconnect() {
		this.peers.forEach((peer) -> peer.transport.disconnect());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "correct horse battery" })
	void nodesThatListenOnAllAddressesFindEachOtherWhereTheyAreAdvertised(String cookie) {
		List<String> listed = List.of("n1@127.0.0.11:" + PORT, "n2@127.0.0.12:" + (PORT + 1));
		Peer first = start("n1@10.1.1.1:" + PORT, "0.0.0.0", "127.0.0.11:" + PORT, cookie, listed);
		Peer second = start("n2@10.1.1.1:" + (PORT + 1), "0.0.0.0", "127.0.0.12", cookie, listed);
		areTogether(first, second);
		assertThat(first.transport.details().port()).isEqualTo(PORT);
		assertThat(first.transport.details().addresses().values()).containsExactly("127.0.0.11:" + PORT,
				"127.0.0.12:" + (PORT + 1));
		assertThat(second.transport.details().addresses()).isEqualTo(first.transport.details().addresses());
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.11, ''", "127.0.0.99, ''", "127.0.0.11, correct horse battery",
			"127.0.0.99, correct horse battery" })
	void nodeThatIsAskedElsewhereThanItSaysKeepsOneConnection(String advertised, String cookie) throws Exception {
		List<String> listed = List.of("n1@127.0.0.1:" + PORT, "n2@127.0.0.1:" + (PORT + 1));
		Peer first = start("n1@127.0.0.1:" + PORT, "0.0.0.0", advertised, cookie, listed);
		Peer second = start("n2@127.0.0.1:" + (PORT + 1), "0.0.0.0", "127.0.0.50", cookie, listed);
		areTogether(first, second);
		keepsOneConnection(first);
		keepsOneConnection(second);
		assertThat(first.heard.views()).as("nobody was missed").hasSizeLessThanOrEqualTo(2);
		assertThat(first.transport.unreached()).isEmpty();
		assertThat(second.transport.unreached()).isEmpty();
	}

	@Test
	void nodeThatIsAskedElsewhereHearsTheQuestionOverTheConnectionItHas() {
		Peer first = start("n1@127.0.0.1:" + PORT, "0.0.0.0", "127.0.0.99", "", List.of("n2@127.0.0.50:" + (PORT + 1)));
		AtomicReference<Peer> second = new AtomicReference<>();
		second.set(new Peer("n2@127.0.0.1:" + (PORT + 1), "0.0.0.0", "127.0.0.50", "", List.of(), (own) -> {
			await().until(() -> {
				first.lookForOthers();
				return !second.get().connections().isEmpty();
			});
			return new NodeLookup.Found(List.of(new Seed("127.0.0.1", PORT)), true);
		}));
		this.peers.add(second.get());
		second.get().connect();
		assertThat(second.get().heard.nodes()).hasSize(2);
		areTogether(first, second.get());
	}

	@Test
	void connectionThatALateQuestionHasMadeIsGivenUp() throws Exception {
		Peer first = start("n1@127.0.0.1:" + PORT, "0.0.0.0", "127.0.0.99", "", List.of());
		IpAddress place = new IpAddress("127.0.0.1", PORT);
		IpAddress node = new IpAddress("127.0.0.99", PORT);
		AtomicReference<Peer> second = new AtomicReference<>();
		second.set(new Peer("n2@127.0.0.1:" + (PORT + 1), "0.0.0.0", "127.0.0.50", "", List.of(), (own) -> {
			NodeTcp tcp = second.get().tcp();
			if (tcp.detours().placesOf(node).isEmpty()) {
				tcp.detours().answered(place, node, System.nanoTime());
				tcp.doSend(new byte[1], 0, 1, place);
				await().until(() -> !first.connections().isEmpty());
			}
			return new NodeLookup.Found(List.of(new Seed("127.0.0.1", PORT)), true);
		}));
		this.peers.add(second.get());
		second.get().connect();
		assertThat(second.get().heard.nodes()).hasSize(2);
		areTogether(first, second.get());
	}

	@Test
	void nodesThatStartTogetherAndAreAskedElsewhereFormOneCluster() {
		List<String> listed = List.of("n1@127.0.0.1:" + PORT, "n2@127.0.0.1:" + (PORT + 1),
				"n3@127.0.0.1:" + (PORT + 2));
		for (int i = 1; i <= 3; i++) {
			this.peers
				.add(new Peer("n" + i + "@127.0.0.1:" + (PORT + i - 1), "0.0.0.0", "127.0.0.6" + i, "secret", listed));
		}
		this.peers.parallelStream().forEach(Peer::connect);
		areTogether(this.peers.toArray(Peer[]::new));
		assertThat(this.peers).allSatisfy(
				(peer) -> assertThat(peer.heard.nodes().get(0)).isEqualTo(this.peers.get(0).heard.nodes().get(0)));
	}

	@Test
	void lookupIsAskedWithTheAdvertisedAddressAndTheDatabaseHasIt() throws Exception {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:advertised;DB_CLOSE_DELAY=-1");
		NodeLookup jdbc = NodeLookups.jdbc(dataSource, true);
		List<InetAddress> asked = new CopyOnWriteArrayList<>();
		Peer peer = new Peer("n1@127.0.0.1:" + PORT, "0.0.0.0", "127.0.0.11:30001", "", List.of(), new NodeLookup() {

			@Override
			public Found lookUp(InetAddress own) throws Exception {
				asked.add(own);
				return jdbc.lookUp(own);
			}

			@Override
			public List<Protocol> protocols() {
				return jdbc.protocols();
			}

		});
		this.peers.add(peer);
		peer.connect();
		assertThat(asked).isNotEmpty().containsOnly(InetAddress.getByName("127.0.0.11"));
		assertThat(jdbc.lookUp(asked.get(0)).places()).containsExactly(new Seed("127.0.0.11", 30001));
	}

	@Test
	void nodeThatIsAdvertisedWhereAnotherOneIsIsWarnedOf(CapturedOutput output) {
		List<String> listed = List.of("n1@127.0.0.11:" + PORT, "n2@127.0.0.12:" + (PORT + 1),
				"n3@127.0.0.13:" + (PORT + 2));
		start("n1@127.0.0.11:" + PORT, null, null, "", listed);
		start("n3@127.0.0.13:" + (PORT + 2), null, null, "", listed);
		start("n2@127.0.0.12:" + (PORT + 1), null, "127.0.0.11:" + PORT, "", listed);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(output).contains("n2@127.0.0.12 says that it is to be found at 127.0.0.11:"
					+ PORT + ", where n1@127.0.0.11 is: others find only one of the two"));
	}

	@Test
	void nodeDoesNotConnectWithItself() {
		List<String> listed = List.of("n1@127.0.0.1:" + PORT, "n9@127.0.0.77:" + PORT);
		Peer alone = start("n1@127.0.0.1:" + PORT, "0.0.0.0", "127.0.0.11:" + PORT, "", listed);
		await().during(Duration.ofSeconds(2))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(alone.connections()).isEmpty());
		assertThat(alone.transport.unreached()).isEmpty();
	}

	@Test
	void crashOfANodeThatIsAdvertisedIsNoticedAtOnce() {
		List<String> listed = List.of("n1@127.0.0.1:" + PORT, "n2@127.0.0.1:" + (PORT + 1));
		Peer first = start("n1@127.0.0.1:" + PORT, "0.0.0.0", "127.0.0.11", "", listed);
		Peer second = start("n2@127.0.0.1:" + (PORT + 1), "0.0.0.0", "127.0.0.50", "", listed);
		areTogether(first, second);
		second.crash();
		await().atMost(LATE).untilAsserted(() -> assertThat(first.heard.nodes()).hasSize(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "correct horse battery" })
	void nodesOfBothFamiliesFindEachOther(String cookie) throws Exception {
		assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).isNotNull();
		List<String> listed = List.of("n1@[::1]:" + PORT, "n2@127.0.0.1:" + (PORT + 1), "n3@[::1]:" + (PORT + 2));
		Peer first = start("n1@[::1]:" + PORT, "::", null, cookie, listed);
		Peer second = start("n2@127.0.0.1:" + (PORT + 1), null, null, cookie, listed);
		Peer third = start("n3@host3:" + (PORT + 2), "::", "[::1]:" + (PORT + 2), cookie,
				List.of("n1@127.0.0.1:" + PORT));
		areTogether(first, second, third);
		assertThat(first.transport.details().addresses().values()).containsExactlyInAnyOrder("[::1]:" + PORT,
				"127.0.0.1:" + (PORT + 1), "[::1]:" + (PORT + 2));
	}

	// both may connect at once in the beginning, and are asked every second afterwards
	private static void keepsOneConnection(Peer peer) {
		AtomicReference<List<String>> before = new AtomicReference<>(List.of());
		await().atMost(Duration.ofSeconds(40))
			.pollInterval(Duration.ofSeconds(3))
			.untilAsserted(
					() -> assertThat(peer.connections()).hasSize(1).isEqualTo(before.getAndSet(peer.connections())));
	}

	private static void areTogether(Peer... peers) {
		for (Peer peer : peers) {
			await().untilAsserted(() -> assertThat(peer.heard.nodes()).hasSize(peers.length));
		}
		for (Peer from : peers) {
			for (Peer to : peers) {
				String text = "from " + from.name + " to " + to.name;
				await().untilAsserted(() -> {
					from.transport.send(text.getBytes(StandardCharsets.UTF_8));
					assertThat(from == to || to.heard.frames().contains(from.name + ":" + text)).isTrue();
				});
			}
		}
	}

	private Peer start(String node, String bind, String advertised, String cookie, List<String> listed) {
		Peer peer = new Peer(node, bind, advertised, cookie, listed);
		this.peers.add(peer);
		peer.connect();
		return peer;
	}

	private final class Peer {

		private final RecordingListener heard = new RecordingListener();

		private final String name;

		private final JGroupsTransport transport;

		private volatile JChannel channel;

		Peer(String node, String bind, String advertised, String cookie, List<String> listed) {
			this(node, bind, advertised, cookie, nodes(listed), NodeLookups.listed(nodes(listed), List.of()));
		}

		Peer(String node, String bind, String advertised, String cookie, List<NodeAddress> nodes, NodeLookup lookup) {
			NodeAddress self = NodeAddress.of(node);
			this.name = self.node().name();
			ListenSettings listen = new ListenSettings(bind, (advertised != null) ? Seed.of(advertised) : null,
					Duration.ZERO);
			this.transport = new JGroupsTransport(AdvertisedAddressIntegrationTests.this.cluster, self, nodes, lookup,
					new PortRange(PORT, 1), listen, List.of((created) -> this.channel = created),
					new ConnectionSecurity(cookie.isEmpty() ? null : ClusterCookie.of(cookie), null), LIMITS);
		}

		private static List<NodeAddress> nodes(List<String> listed) {
			return listed.stream().map(NodeAddress::of).toList();
		}

		void connect() {
			this.transport.connect(this.heard);
		}

		NodeTcp tcp() {
			return (NodeTcp) this.channel.getProtocolStack().getTransport();
		}

		void lookForOthers() {
			NodeDiscovery discovery = this.channel.getProtocolStack().findProtocol(NodeDiscovery.class);
			discovery.findMembers(null, false, true, 0);
		}

		List<String> connections() {
			return tcp().printConnections().lines().filter((line) -> !line.isBlank()).map(Peer::withoutAge).toList();
		}

		private static String withoutAge(String line) {
			return line.replaceAll("\\(.*", "");
		}

		void crash() {
			try {
				Util.shutdown(this.channel);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
