package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.StackSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The contract of topics over real JGroups, if each topic has a history.
 */
class JGroupsKeptPubSubIntegrationTests extends JGroupsPubSubIntegrationTests {

	private static final Node N1 = PubSubNodes.N1;

	private static final Node N2 = PubSubNodes.N2;

	@Override
	protected List<HistorySettings> histories() {
		return LocalKeptPubSubTests.EVERY_TOPIC;
	}

	@Test
	void aNodeThatHasTakenNoFramesCatchesUpByItself() {
		String cluster = "deaf-" + UUID.randomUUID();
		List<NodeAddress> listed = Stream.of(N1, N2).map((node) -> new NodeAddress(node, null)).toList();
		try (PubSubNodes nodes = PubSubNodes.start((node) -> StackSamples.transport(cluster,
				new NodeAddress(node, null), listed, new PortRange(28350, 10), List.of()), histories(), N1, N2)) {
			Heard<String> heard = new Heard<>();
			nodes.pubSub(N2).subscribe("news", String.class, heard);
			nodes.pubSub(N1).broadcast("news", "0");
			heard.hasHeard("0");
			nodes.deaf(N2, true);
			IntStream.range(1, 3000).forEach((i) -> nodes.pubSub(N1).broadcast("news", "" + i));
			await().during(Duration.ofSeconds(1)).until(() -> heard.all().size() == 1);
			nodes.deaf(N2, false);
			await().atMost(Duration.ofMinutes(1)).until(() -> heard.all().size() >= 3000);
			assertThat(heard.all()).isEqualTo(IntStream.range(0, 3000).mapToObj(Integer::toString).toList());
			assertThat(nodes.history(N2).statistics().gaps()).containsEntry("given-up", 0L);
		}
	}

}
