package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PeerSessions}.
 */
class PeerSessionsTests {

	private static final long LIFE = 42;

	private final List<String> told = new ArrayList<>();

	private final TreeSet<String> present = new TreeSet<>();

	private final List<RemoteSession> sessions = new ArrayList<>();

	private final RemoteUsers users = new RemoteUsers();

	private final PeerSessions peer = new PeerSessions(Node.of("n2@127.0.0.1"),
			(name) -> new ClusterUser(name, () -> null, this.users), new SessionListener() {

				@Override
				public void connected(RemoteSession session) {
					PeerSessionsTests.this.told.add("+" + session.getId());
					PeerSessionsTests.this.present.add(session.getId());
					PeerSessionsTests.this.sessions.add(session);
				}

				@Override
				public void disconnected(RemoteSession session) {
					PeerSessionsTests.this.told.add("-" + session.getId());
					PeerSessionsTests.this.present.remove(session.getId());
				}

			});

	@Test
	void changesBeforeTheStateAreKeptUntilItArrives() {
		assertThat(delta(3, connected("c"))).isTrue();
		assertThat(delta(4, disconnected("a"))).isFalse();
		assertThat(this.told).isEmpty();
		assertThat(state(2, connected("a"), connected("b"))).isFalse();
		assertThat(this.present).containsExactly("b", "c");
	}

	@Test
	void changesInOrderCauseNoRequest() {
		state(0);
		assertThat(delta(1, connected("a"))).isFalse();
		assertThat(delta(2, connected("b"))).isFalse();
		assertThat(this.present).containsExactly("a", "b");
	}

	@Test
	void duplicateChangeIsAppliedOnce() {
		state(0);
		delta(1, connected("a"));
		delta(2, disconnected("a"));
		assertThat(delta(1, connected("a"))).isFalse();
		assertThat(this.told).containsExactly("+a", "-a");
	}

	@Test
	void gapIsRequestedOnceAndFilledByTheState() {
		state(0);
		delta(1, connected("a"));
		assertThat(delta(3, connected("c"))).isTrue();
		assertThat(delta(4, connected("d"))).isFalse();
		assertThat(state(3, connected("b"), connected("c"))).isFalse();
		assertThat(this.present).containsExactly("b", "c", "d");
		assertThat(this.told).containsExactlyInAnyOrder("+a", "-a", "+b", "+c", "+d");
	}

	@Test
	void stateThatLeavesAGapIsRequestedAgain() {
		state(0);
		assertThat(delta(5, connected("e"))).isTrue();
		assertThat(state(2, connected("a"))).isTrue();
		assertThat(state(4, connected("a"))).isFalse();
		assertThat(this.present).containsExactly("a", "e");
	}

	@Test
	void aLostLastChangeIsFoundByTheDigest() {
		state(0);
		delta(1, connected("a"));
		assertThat(digest(1)).isFalse();
		assertThat(digest(2)).isTrue();
		assertThat(digest(2)).isTrue();
		state(2, connected("a"), connected("b"));
		assertThat(digest(2)).isFalse();
		assertThat(this.told).containsExactly("+a", "+b");
	}

	@Test
	void olderStateChangesNothing() {
		state(0);
		delta(1, connected("a"));
		state(0);
		assertThat(this.present).containsExactly("a");
	}

	@Test
	void newIncarnationReplacesAllSessions() {
		state(5, connected("a"));
		assertThat(this.peer.delta(new SessionFrame.Delta(LIFE + 1, 1, List.of(connected("b"))))).isTrue();
		assertThat(this.present).containsExactly("a");
		this.peer.state(new SessionFrame.State(LIFE + 1, 0, 0, true, List.of()));
		assertThat(this.present).containsExactly("b");
	}

	@Test
	void stateInPartsIsAppliedWhenItIsComplete() {
		this.peer.state(new SessionFrame.State(LIFE, 1, 0, false, List.of(connected("a"))));
		assertThat(this.present).isEmpty();
		this.peer.state(new SessionFrame.State(LIFE, 1, 1, true, List.of(connected("b"))));
		assertThat(this.present).containsExactly("a", "b");
	}

	@Test
	void incompleteStateIsIgnored() {
		this.peer.state(new SessionFrame.State(LIFE, 1, 0, false, List.of(connected("a"))));
		this.peer.state(new SessionFrame.State(LIFE, 1, 2, true, List.of(connected("c"))));
		assertThat(this.present).isEmpty();
		assertThat(digest(1)).isTrue();
	}

	@Test
	void unchangedSessionIsNotReportedAgain() {
		state(1, connected("a"), subscribed("a", "1", "/topic/a"), subscribed("a", "2", "/topic/b"));
		state(2, connected("a"), subscribed("a", "2", "/topic/b"), subscribed("a", "3", "/topic/c"));
		assertThat(this.told).containsExactly("+a");
		assertThat(this.sessions.get(0).getSubscriptions()).extracting((subscription) -> subscription.getDestination())
			.containsExactlyInAnyOrder("/topic/b", "/topic/c");
	}

	@Test
	void subscriptionsFollowTheChanges() {
		state(0);
		delta(1, connected("a"), subscribed("a", "1", "/topic/a"), subscribed("a", "2", "/topic/b"),
				new SessionOp.Unsubscribed("a", "1"), subscribed("nobody", "1", "/topic/c"));
		assertThat(this.sessions.get(0).getSubscriptions()).singleElement()
			.satisfies((subscription) -> assertThat(subscription.getDestination()).isEqualTo("/topic/b"));
	}

	@Test
	void clearingRemovesAllSessions() {
		state(1, connected("a"), connected("b"));
		this.peer.clear();
		assertThat(this.present).isEmpty();
	}

	@Test
	void framesAreDecodedAsEncoded() {
		List<SessionOp> ops = List.of(connected("a"), disconnected("a"), subscribed("a", "1", "/topic/é"),
				new SessionOp.Unsubscribed("a", "1"));
		List<SessionFrame> frames = List.of(new SessionFrame.Ask(), new SessionFrame.Digest(LIFE, 7),
				new SessionFrame.Delta(-1, Long.MAX_VALUE, ops), new SessionFrame.State(LIFE, 7, 300, true, ops));
		assertThat(frames)
			.allSatisfy((frame) -> assertThat(SessionFrame.decode(FrameKind.body(frame.encode()))).isEqualTo(frame));
	}

	private boolean delta(long sequence, SessionOp... ops) {
		return this.peer.delta(new SessionFrame.Delta(LIFE, sequence, List.of(ops)));
	}

	private boolean state(long sequence, SessionOp... ops) {
		return this.peer.state(new SessionFrame.State(LIFE, sequence, 0, true, List.of(ops)));
	}

	private boolean digest(long sequence) {
		return this.peer.digest(new SessionFrame.Digest(LIFE, sequence));
	}

	private static SessionOp connected(String sessionId) {
		return new SessionOp.Connected(sessionId, "jane");
	}

	private static SessionOp disconnected(String sessionId) {
		return new SessionOp.Disconnected(sessionId, "jane");
	}

	private static SessionOp subscribed(String sessionId, String id, String destination) {
		return new SessionOp.Subscribed(sessionId, id, destination);
	}

	@Test
	void anyBytesAreDecodedOrRefused() {
		List<SessionOp> ops = List.of(connected("a"), disconnected("a"), subscribed("a", "1", "/topic/é"),
				new SessionOp.Unsubscribed("a", "1"));
		FrameFuzz.fuzz(SessionFrame::decode, new SessionFrame.Ask().encode(), new SessionFrame.Digest(1, 7).encode(),
				new SessionFrame.Delta(-1, 7, ops).encode(), new SessionFrame.State(1, 7, 300, true, ops).encode());
	}

	@Test
	void numberOfEarlyChangesIsLimited() {
		state(0);
		SessionOp[] many = new SessionOp[1000];
		Arrays.fill(many, connected("early"));
		for (long sequence = 2; sequence < 1000; sequence++) {
			delta(sequence, many);
			assertThat(this.peer.earlyChanges()).isLessThan(68_000);
		}
		state(999, connected("a"));
		assertThat(this.present).containsExactly("a");
		assertThat(this.peer.earlyChanges()).isZero();
		assertThat(digest(999)).isFalse();
	}

}
