package io.clusterspring.pubsub;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.interest.Interests;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that routing takes the way to all nodes where all of them listen.
 */
class BroadcastToAllTests {

	private static final Node N1 = PubSubNodes.N1;

	private final LocalNetwork network = new LocalNetwork("to-all");

	private final PubSubNodes nodes = PubSubNodes.start(this.network::transport, N1, PubSubNodes.N2, PubSubNodes.N3);

	@AfterEach
	void close() {
		this.nodes.close();
		this.network.close();
	}

	@Test
	void nodesAreNotAskedOneByOneWhereAllListen() {
		Heard<String> there = hear(PubSubNodes.N2);
		Heard<String> elsewhere = hear(PubSubNodes.N3);
		this.nodes.awaitRouting(N1, "unheard");
		Interests interests = this.nodes.interests(N1);
		await().untilAsserted(() -> assertThat(interests.of("everywhere")).isNull());
		assertThat(interests.of("unheard")).isNotNull();
		long sent = interests.statistics().sentFrames();
		this.nodes.pubSub(N1).broadcast("everywhere", "for all");
		there.hasHeard("for all");
		elsewhere.hasHeard("for all");
		assertThat(interests.statistics().sentFrames() - sent).isEqualTo(2);
	}

	private Heard<String> hear(Node node) {
		Heard<String> heard = new Heard<>();
		Subscription subscription = this.nodes.pubSub(node).subscribe("everywhere", String.class, heard);
		subscription.ready().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
		return heard;
	}

}
