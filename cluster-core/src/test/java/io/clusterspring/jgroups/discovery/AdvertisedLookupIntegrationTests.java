package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes that DNS or Kubernetes knows where they are advertised, which neither their names
 * nor the addresses they listen on say.
 */
class AdvertisedLookupIntegrationTests {

	private static final int PORT = 29520;

	private final String cluster = "advertised-" + UUID.randomUUID();

	private final List<JGroupsTransport> nodes = new ArrayList<>();

	private final List<RecordingListener> heard = new ArrayList<>();

	@TempDir
	private Path account;

	@AfterEach
	void disconnect() {
		this.nodes.forEach(JGroupsTransport::disconnect);
	}

	@Test
	void dnsKnowsWhereTheyAreAdvertised() throws Exception {
		String name = "chat-nodes.shop.svc.test";
		try (SmallDnsServer server = new SmallDnsServer(name)) {
			server.addresses.add(InetAddress.getByName(host(1)));
			server.addresses.add(InetAddress.getByName(host(2)));
			areTogether(new DnsLookup(name, server.address()), new DnsLookup(name, server.address()));
		}
	}

	@Test
	void kubernetesKnowsWhereTheyAreAdvertised() throws Exception {
		Files.writeString(this.account.resolve("token"), "the-token\n");
		try (SmallKubernetesServer server = new SmallKubernetesServer()) {
			server.pods.addAll(List.of(host(1), host(2)));
			areTogether(new KubernetesLookup(server.url(), "shop", "app=chat", this.account),
					new KubernetesLookup(server.url(), "shop", "app=chat", this.account));
		}
	}

	private void areTogether(NodeLookup... lookups) {
		for (NodeLookup lookup : lookups) {
			start(this.nodes.size() + 1, lookup);
		}
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.heard)
				.allSatisfy((listener) -> assertThat(listener.nodes()).hasSize(lookups.length)));
		assertThat(this.nodes).allSatisfy((node) -> assertThat(node.details().addresses().values())
			.containsExactlyInAnyOrder(host(1) + ":" + PORT, host(2) + ":" + (PORT + 1)));
		await().untilAsserted(() -> {
			this.nodes.get(0).send("hello".getBytes(StandardCharsets.UTF_8));
			assertThat(this.heard.get(1).frames()).contains("some1:hello");
		});
	}

	private void start(int number, NodeLookup lookup) {
		NodeAddress self = NodeAddress.of("some" + number + "@10.1.1." + number + ":" + (PORT + number - 1));
		ListenSettings listen = new ListenSettings("0.0.0.0", new Seed(host(number), null), Duration.ZERO);
		JGroupsTransport node = new JGroupsTransport(this.cluster, self, List.of(), lookup, new PortRange(PORT, 2),
				listen, List.of(), new ConnectionSecurity(null, null), NodeLimits.DEFAULT);
		RecordingListener listener = new RecordingListener();
		this.nodes.add(node);
		this.heard.add(listener);
		node.connect(listener);
	}

	private static String host(int number) {
		return "127.0.7." + number;
	}

}
