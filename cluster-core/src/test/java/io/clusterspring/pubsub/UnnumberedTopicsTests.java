package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.history.CatchUp;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.history.LogReader;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a node with a history hears of messages of a node without it, though it has
 * no subscriber to which they would be routed.
 */
class UnnumberedTopicsTests {

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("unnumbered");

	@ParameterizedTest
	@ValueSource(strings = { "room:1", "room:*", "*" })
	void nothingIsSaidToBeRecoveredThatHadNoNumber(String pattern) {
		List<HistorySettings> histories = List
			.of(new HistorySettings("rooms", List.of(pattern), 10, Duration.ofMinutes(1), 1_000_000));
		try (PubSubNodes nodes = PubSubNodes.start(this.network::transport,
				(node) -> node.equals(PubSubNodes.N1) ? histories : List.of(), 100, PubSubNodes.N1, PubSubNodes.N2,
				PubSubNodes.N3)) {
			nodes.awaitRouting(PubSubNodes.N2, "unheard");
			nodes.pubSub(PubSubNodes.N1).broadcast("room:1", "numbered");
			ClusterHistory history = nodes.history(PubSubNodes.N1);
			try (LogReader reader = history.reader("room:1")) {
				assertThat(reader).isNotNull();
				HistoryPosition position = reader.position();
				await().until(() -> history.catchUp(reader, position, Duration.ZERO) instanceof CatchUp.Recovered);
				nodes.pubSub(PubSubNodes.N2).broadcast("room:1", "unnumbered");
				await()
					.until(() -> history.catchUp(reader, position, Duration.ofSeconds(1)) instanceof CatchUp.Lost lost
							&& lost.loss() == CatchUp.Loss.UNNUMBERED);
			}
		}
	}

}
