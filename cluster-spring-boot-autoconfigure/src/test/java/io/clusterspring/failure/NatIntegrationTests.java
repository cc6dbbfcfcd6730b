package io.clusterspring.failure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests nodes behind NAT. Each is reached at a mapped port of its gateway.
 */
class NatIntegrationTests {

	private static final String LISTED = "--cluster.seeds=" + NatNetwork.outside(1) + ":30001, " + NatNetwork.outside(2)
			+ ":30002";

	private final List<NodeProcess> started = new ArrayList<>();

	private final String cluster = "--cluster.name=nat-" + UUID.randomUUID();

	private NatNetwork network;

	@BeforeEach
	void connectMachines() {
		NetworkNamespaces.require(NatNetwork.obstacle());
		this.network = new NatNetwork(2);
		this.network.map(1, 30001, 7800);
		this.network.map(2, 30002, 7800);
	}

	@AfterEach
	void stop() {
		this.started.forEach(NodeProcess::close);
		if (this.network != null) {
			this.network.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "correct-horse-battery-staple" })
	void nodesFindEachOtherInBothDirections(String cookie) throws Exception {
		NodeProcess first = start(1, cookie, LISTED, advertised(1));
		NodeProcess second = start(2, cookie, LISTED, advertised(2));
		talk(first, "n1", second, "n2", 1);
		second.tell("describe");
		for (int number = 1; number <= 2; number++) {
			String outside = NatNetwork.outside(number);
			second.awaitEvent("at n" + number + "@" + outside + " " + outside + ":3000" + number, 1,
					NodeProcesses.PATIENCE);
		}
		first.signal("KILL");
		second.awaitEvent("down n1", 1, NodeProcesses.PATIENCE);
		NodeProcess again = start(1, cookie, LISTED, advertised(1));
		talk(again, "n1", second, "n2", 2);
	}

	@Test
	void nodeThatDoesNotSayWhereItIsReachedIsRefusedAndTheOtherSaysWhy() throws Exception {
		start(1, "correct-horse-battery-staple");
		NodeProcess second = start(2, "correct-horse-battery-staple", LISTED, advertised(2));
		awaitUnreached(second, "relay " + NatNetwork.outside(1) + ":30001");
		await().atMost(NodeProcesses.PATIENCE)
			.untilAsserted(() -> assertThat(second.output()).filteredOn((line) -> line.contains("is alone in cluster"))
				.anyMatch((line) -> line.contains("cluster.advertised")));
	}

	@Test
	void droppedAndRejectedConnectionsAreToldApart() throws Exception {
		this.network.drop(1, 30001);
		NodeProcess second = start(2, "", advertised(2), "--cluster.seeds=" + NatNetwork.outside(1) + ":30001, "
				+ NatNetwork.outside(1) + ":30009, nowhere.invalid:1, 203.0.113.9:7800");
		awaitUnreached(second, "timed-out " + NatNetwork.outside(1) + ":30001");
		awaitUnreached(second, "refused " + NatNetwork.outside(1) + ":30009");
		awaitUnreached(second, "unknown-host nowhere.invalid:1");
		awaitUnreached(second, "unreachable 203.0.113.9:7800");
	}

	private static void awaitUnreached(NodeProcess node, String what) {
		await().atMost(NodeProcesses.PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
			node.tell("describe");
			assertThat(node.events()).as(node.output().toString())
				.anyMatch((event) -> event.startsWith("@unreached " + what + " "));
		});
	}

	private static void talk(NodeProcess one, String oneName, NodeProcess other, String otherName, int times) {
		one.awaitEvent("up " + otherName, 1, NodeProcesses.PATIENCE);
		other.awaitEvent("up " + oneName, times, NodeProcesses.PATIENCE);
		one.awaitEvent("started", 1, NodeProcesses.PATIENCE);
		other.awaitEvent("started", 1, NodeProcesses.PATIENCE);
		one.tell("say from-" + oneName + "-" + times);
		other.awaitEvent("heard from-" + oneName + "-" + times, 1, NodeProcesses.PATIENCE);
		other.tell("say from-" + otherName + "-" + times);
		one.awaitEvent("heard from-" + otherName + "-" + times, 1, NodeProcesses.PATIENCE);
	}

	private static String advertised(int number) {
		return "--cluster.advertised=" + NatNetwork.outside(number) + ":3000" + number;
	}

	private NodeProcess start(int number, String cookie, String... properties) throws IOException {
		List<String> arguments = new ArrayList<>(List.of(this.cluster, "--cluster.bind=eth0"));
		arguments.addAll(List.of(properties));
		if (!cookie.isEmpty()) {
			arguments.add("--cluster.cookie=" + cookie);
		}
		NodeProcess process = NodeProcess.start(BootMain.class, this.network.prefix(number), arguments,
				"n" + number + "@" + NatNetwork.outside(number), List.of());
		this.started.add(process);
		return process;
	}

}
