package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how long {@link Peers} waits for the answer of another node.
 */
class PeersTests {

	private static final Node N1 = Node.of("n1@a");

	private static final Node N2 = Node.of("n2@a");

	private static final Node N3 = Node.of("n3@a");

	private static final Duration DETECTION = Duration.ofSeconds(8);

	private double time;

	private final Peers peers = new Peers(N1, 7, FailoverState.grace(DETECTION), now());

	@Test
	void nothingIsKnownBeforeTheFirstView() {
		assertThat(this.peers.isComplete()).isFalse();
		this.peers.install(List.of(N1), now());
		assertThat(this.peers.isComplete()).isTrue();
	}

	@Test
	void aNodeThatIsSilentIsWaitedForUntilItWouldHaveBeenFoundDead() {
		this.peers.install(List.of(N1, N2), now());
		live(DETECTION.toSeconds() + 3.9);
		assertThat(this.peers.isComplete()).isFalse();
		live(0.2);
		assertThat(this.peers.isComplete()).isTrue();
	}

	@Test
	void anotherNodeThatJoinsMeanwhileChangesNothing() {
		this.peers.install(List.of(N1, N2), now());
		live(6);
		this.peers.install(List.of(N1, N2, N3), now());
		this.peers.hear(N3, new NodeReport(3, 1, 7, false, List.of()), now());
		live(2);
		assertThat(this.peers.isComplete()).isFalse();
		this.peers.hear(N2, new NodeReport(2, 1, 7, false, List.of()), now());
		assertThat(this.peers.isComplete()).isTrue();
	}

	@Test
	void aPauseOfThisProcessDoesNotCountAsSilenceOfOthers() {
		this.peers.install(List.of(N1, N2), now());
		live(1);
		this.time += 3600;
		this.peers.pass(now());
		assertThat(this.peers.isComplete()).isFalse();
	}

	@Test
	void aNodeWhoseFramesCannotBeReadIsNotSilent() {
		this.peers.install(List.of(N1, N2), now());
		live(1);
		this.peers.unreadable(N2);
		live(3600);
		assertThat(this.peers.isComplete()).isFalse();
		this.peers.install(List.of(N1), now());
		assertThat(this.peers.isComplete()).isTrue();
		this.peers.install(List.of(N1, N2), now());
		this.peers.unreadable(N2);
		this.peers.unreadable(N3);
		this.peers.hear(N2, new NodeReport(2, 1, 7, false, List.of()), now());
		assertThat(this.peers.isComplete()).isTrue();
	}

	private void live(double seconds) {
		for (int i = 0; i < Math.round(seconds * 10); i++) {
			this.time += 0.1;
			this.peers.pass(now());
		}
	}

	private Moment now() {
		return new Moment((long) (this.time * 1e9), 0, 0);
	}

}
