package io.clusterspring.failure;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.StackSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ManyNodesIntegrationTests {

	private static final PortRange PORTS = new PortRange(27970, 10);

	@Test
	void tenNodesFormOneView() {
		String cluster = "many-" + UUID.randomUUID();
		List<NodeAddress> listed = IntStream.rangeClosed(1, 10)
			.mapToObj((i) -> NodeAddress.of("n" + i + "@127.0.0.1"))
			.toList();
		List<JGroupsTransport> transports = listed.stream()
			.map((node) -> StackSamples.transport(cluster, node, listed, PORTS, List.of()))
			.toList();
		List<RecordingListener> heard = transports.stream().map((transport) -> new RecordingListener()).toList();
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			CompletableFuture
				.allOf(IntStream.range(0, 10)
					.mapToObj((i) -> CompletableFuture.runAsync(() -> transports.get(i).connect(heard.get(i)), threads))
					.toArray(CompletableFuture[]::new))
				.join();
			await().atMost(NodeProcesses.PATIENCE)
				.untilAsserted(() -> assertThat(heard)
					.allSatisfy((node) -> assertThat(node.nodes()).hasSize(10).isEqualTo(heard.get(0).nodes())));
			transports.get(0).send("hello".getBytes());
			await().untilAsserted(() -> assertThat(heard.subList(1, 10))
				.allSatisfy((node) -> assertThat(node.frames()).containsExactly("n1:hello")));
		}
		finally {
			transports.forEach(JGroupsTransport::disconnect);
			threads.shutdown();
		}
	}

}
