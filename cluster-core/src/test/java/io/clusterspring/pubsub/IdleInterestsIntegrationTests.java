package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.StackSamples;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests over real JGroups what nodes tell each other of their interests while nobody
 * publishes: nothing.
 */
class IdleInterestsIntegrationTests {

	private static final Node N1 = PubSubNodes.N1;

	private static final Node N2 = PubSubNodes.N2;

	private static final PortRange PORTS = new PortRange(28330, 10);

	private static final List<NodeAddress> LISTED = Stream.of(N1, N2)
		.map((node) -> new NodeAddress(node, null))
		.toList();

	/** Some renewals of leases. */
	private static final Duration LONG = Duration.ofSeconds(8);

	private final String cluster = "idle-" + UUID.randomUUID();

	@AutoClose
	private final PubSubNodes nodes = PubSubNodes.start(
			(node) -> StackSamples.transport(this.cluster, new NodeAddress(node, null), LISTED, PORTS, List.of()), N1,
			N2);

	@Test
	void nodesThatPublishNothingSayNothing() {
		awaitSilence();
		// an announcement is told, and is in force without a round trip
		Subscription idle = this.nodes.pubSub(N2).subscribe("idle", (message) -> {
		});
		assertThat(idle.ready().toCompletableFuture()).isDone();
		Heard<String> heard = new Heard<>();
		assertThat(this.nodes.pubSub(N2).subscribe("news", String.class, heard).ready().toCompletableFuture()).isDone();
		this.nodes.pubSub(N1).broadcast("news", "first");
		heard.hasHeard("first");
		this.nodes.awaitRouting(N1, "unheard");
		long frames = this.nodes.topicFrames(N2);
		this.nodes.pubSub(N1).broadcast("unheard", "for nobody");
		this.nodes.pubSub(N1).broadcast("news", "second");
		heard.hasHeard("first", "second");
		assertThat(this.nodes.topicFrames(N2)).isEqualTo(frames + 1);
		awaitSilence();
	}

	private void awaitSilence() {
		AtomicLong seen = new AtomicLong(-1);
		await().during(LONG).until(() -> {
			long sent = sent();
			return seen.getAndSet(sent) == sent;
		});
	}

	private long sent() {
		return Stream.of(N1, N2)
			.mapToLong((node) -> this.nodes.wire(node).statistics(FrameKind.INTEREST).sentFrames())
			.sum();
	}

}
