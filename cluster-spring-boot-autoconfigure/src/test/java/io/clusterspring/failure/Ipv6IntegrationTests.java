package io.clusterspring.failure;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests processes that are connected over IPv6.
 */
class Ipv6IntegrationTests {

	@Test
	void processesAreConnectedAndACrashIsNoticedAtOnce() throws Exception {
		assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).isNotNull();
		List<String> listed = List.of("n1@[::1]", "n2@[::1]");
		try (NodeProcesses nodes = new NodeProcesses(28540, Duration.ofMinutes(1), listed)) {
			for (String node : listed) {
				nodes.start(node, List.of());
			}
			nodes.awaitAll();
			nodes.tellAll("publish 100 100");
			nodes.awaitFlow("n1", "n2");
			nodes.awaitFlow("n2", "n1");
			nodes.get("n2").signal("KILL");
			long killed = System.currentTimeMillis();
			assertThat(nodes.get("n1").awaitEvent("down n2", 1, NodeProcesses.PATIENCE) - killed)
				.as("milliseconds, long before it would be missed for its silence")
				.isLessThan(Duration.ofSeconds(20).toMillis());
		}
	}

}
