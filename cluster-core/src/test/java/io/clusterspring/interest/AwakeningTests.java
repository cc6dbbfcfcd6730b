package io.clusterspring.interest;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.AntPathMatcher;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.Listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the first publisher after an idle time begins the renewal of leases: these
 * nodes have no tick.
 */
class AwakeningTests {

	private static final Duration NEVER = Duration.ofDays(1);

	private final LocalNetwork network = new LocalNetwork("awakening");

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private final Peer here = new Peer(Node.of("here@h1"));

	private final Peer there = new Peer(Node.of("there@h2"));

	@AfterEach
	void close() {
		this.here.close();
		this.there.close();
		this.network.close();
		this.executor.shutdownNow();
	}

	@Test
	void firstPublisherAsksWithoutATick() {
		awaitEndOfLease();
		long before = this.here.questions();
		assertThat(this.here.interests.of("topic")).as("to all").isNull();
		await().until(() -> this.here.interests.of("topic") != null);
		assertThat(this.here.interests.of("topic")).rejects(this.there.node);
		assertThat(this.here.questions()).as("one, however often it publishes").isEqualTo(before + 1);
	}

	@Test
	void firstMessageOfADestinationAsksWithoutATick() {
		DestinationAudience elsewhere = new DestinationAudience(this.there.interests, new AntPathMatcher());
		elsewhere.open();
		awaitEndOfLease();
		DestinationAudience audience = new DestinationAudience(this.here.interests, new AntPathMatcher());
		assertThat(audience.of("/topic/a")).as("to all").isNull();
		await().until(() -> audience.of("/topic/a") != null);
		assertThat(audience.of("/topic/a")).rejects(this.there.node);
	}

	// the lease is that of the first view, and nobody has made use of it
	private void awaitEndOfLease() {
		await().until(() -> this.here.interests.topicsByNode().containsKey(this.there.node));
		await().until(() -> !this.here.hasLease());
	}

	private final class Peer {

		private final ClusterTransport transport;

		private final Node node;

		private final ClusterWire wire;

		private final Interests interests;

		Peer(Node node) {
			this.node = node;
			this.transport = AwakeningTests.this.network.transport(node);
			this.wire = new ClusterWire(this.transport, AwakeningTests.this.executor, 1000);
			this.interests = new Interests(this.wire, InterestSettings.DEFAULT, NEVER);
			this.transport.connect(new Listeners(this.wire, this.interests));
		}

		long questions() {
			return this.wire.statistics(FrameKind.INTEREST).sentFrames();
		}

		boolean hasLease() {
			return this.interests.knowledge().mayLeaveOutAny(PeerTopics::isLeased, System.nanoTime());
		}

		void close() {
			this.interests.close();
			this.transport.disconnect();
		}

	}

}
