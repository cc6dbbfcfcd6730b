package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.replication.Replicas;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;
import io.clusterspring.stomp.PeerSessions.StateParts;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PeerSessions}.
 */
class PeerSessionsTests {

	private static final Node NODE = Node.of("n2@127.0.0.1");

	private static final long LIFE = 42;

	private final List<String> told = new ArrayList<>();

	private final TreeSet<String> present = new TreeSet<>();

	private final RemoteUsers users = new RemoteUsers();

	private final StateParts parts = new StateParts();

	private final Replicas<SessionOp, SessionOp> replicas;

	private int requests;

	PeerSessionsTests() {
		this.replicas = new Replicas<>((node, incarnation) -> new PeerSessions(node,
				(name) -> new ClusterUser(name, () -> null, this.users), this.users, this::note), () -> 0,
				new Replicas.Outbox() {

					@Override
					public void ask(Node node, Request request) {
						PeerSessionsTests.this.requests++;
					}

					@Override
					public void answer(Node node, Request request) {
						throw new IllegalStateException("nobody has asked");
					}

				});
		this.replicas.view(List.of(NODE));
	}

	private void note(StompSessionEvent told) {
		if (!(told instanceof UserSessionEvent event)) {
			this.told.add(((told instanceof AnonymousSessionConnected) ? "+" : "-") + "anonymous " + told.sessionId());
			return;
		}
		boolean connected = event instanceof UserSessionConnected;
		this.told.add((connected ? "+" : "-") + event.sessionId());
		assertThat(connected ? this.present.add(event.sessionId()) : this.present.remove(event.sessionId())).isTrue();
		assertThat(this.users.session(event.user(), event.sessionId()) != null).isEqualTo(connected);
	}

	@Test
	void changesBeforeTheStateAreInTheState() {
		assertThat(this.requests).isEqualTo(1);
		assertThat(delta(3, connected("c"))).isFalse();
		assertThat(delta(4, disconnected("a"))).isFalse();
		assertThat(this.told).isEmpty();
		assertThat(state(2, connected("a"), connected("b"))).as("an answer to an earlier request").isFalse();
		assertThat(this.present).isEmpty();
		assertThat(state(4, connected("b"), connected("c"))).isFalse();
		assertThat(this.present).containsExactly("b", "c");
	}

	@Test
	void anonymousSessionsAreToldOnceAndWithTheirNode() {
		state(0, new SessionOp.AnonymousConnected("a"), connected("u"), new SessionOp.AnonymousConnected("b"));
		delta(1, new SessionOp.AnonymousConnected("a"));
		delta(2, new SessionOp.AnonymousConnected("c"));
		delta(3, new SessionOp.AnonymousDisconnected("b"));
		delta(4, new SessionOp.AnonymousDisconnected("b"));
		delta(5, new SessionOp.AnonymousDisconnected("u"));
		assertThat(this.told).containsExactlyInAnyOrder("+anonymous a", "+u", "+anonymous b", "+anonymous c",
				"-anonymous b");
		this.told.clear();
		delta(7, connected("x"));
		state(7, new SessionOp.AnonymousConnected("c"), new SessionOp.AnonymousConnected("d"), connected("u"),
				connected("x"));
		assertThat(this.told).containsExactlyInAnyOrder("+x", "-anonymous a", "+anonymous d");
		this.told.clear();
		this.replicas.view(List.of());
		assertThat(this.told).containsExactlyInAnyOrder("-u", "-x", "-anonymous c", "-anonymous d");
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
		assertThat(state(4, connected("b"), connected("c"), connected("d"))).isFalse();
		assertThat(this.present).containsExactly("b", "c", "d");
		assertThat(this.told).containsExactlyInAnyOrder("+a", "-a", "+b", "+c", "+d");
	}

	@Test
	void stateThatLeavesAGapIsIgnored() {
		state(0);
		assertThat(delta(5, connected("e"))).isTrue();
		assertThat(state(2, connected("a"))).isFalse();
		assertThat(this.present).isEmpty();
		assertThat(digest(5)).isTrue();
		assertThat(state(5, connected("a"), connected("e"))).isFalse();
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
		assertThat(asks(() -> this.replicas.changes(NODE,
				new SessionFrame.Delta(LIFE + 1, 1, List.of(connected("b"))).changes())))
			.isTrue();
		assertThat(this.present).containsExactly("a");
		part(LIFE + 1, 1, 0, true, connected("b"));
		assertThat(this.present).containsExactly("b");
	}

	@Test
	void stateInPartsIsAppliedWhenItIsComplete() {
		part(LIFE, 1, 0, false, connected("a"));
		assertThat(this.present).isEmpty();
		part(LIFE, 1, 1, true, connected("b"));
		assertThat(this.present).containsExactly("a", "b");
	}

	@Test
	void incompleteStateIsIgnored() {
		part(LIFE, 1, 0, false, connected("a"));
		part(LIFE, 1, 2, true, connected("c"));
		part(LIFE, 1, 1, true, connected("b"));
		assertThat(this.present).isEmpty();
		assertThat(digest(1)).isTrue();
		part(LIFE, 1, 0, false, connected("x"));
		part(LIFE, 1, 0, false, connected("a"));
		part(LIFE, 1, 1, true, connected("b"));
		assertThat(this.present).containsExactly("a", "b");
	}

	@Test
	void unchangedSessionIsNotReportedAgain() {
		state(1, connected("a"), subscribed("a", "1", "/topic/a"), subscribed("a", "2", "/topic/b"));
		digest(2);
		state(2, connected("a"), subscribed("a", "2", "/topic/b"), subscribed("a", "3", "/topic/c"));
		assertThat(this.told).containsExactly("+a");
		assertThat(session("a").getSubscriptions()).extracting((subscription) -> subscription.getDestination())
			.containsExactlyInAnyOrder("/topic/b", "/topic/c");
	}

	@Test
	void subscriptionsFollowTheChanges() {
		state(0);
		delta(1, connected("a"), subscribed("a", "1", "/topic/a"), subscribed("a", "2", "/topic/b"),
				new SessionOp.Unsubscribed("a", "1"), subscribed("nobody", "1", "/topic/c"));
		assertThat(session("a").getSubscriptions()).singleElement()
			.satisfies((subscription) -> assertThat(subscription.getDestination()).isEqualTo("/topic/b"));
	}

	@Test
	void clearingRemovesAllSessions() {
		state(1, connected("a"), connected("b"));
		this.replicas.view(List.of());
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
		return asks(() -> this.replicas.changes(NODE, new SessionFrame.Delta(LIFE, sequence, List.of(ops)).changes()));
	}

	private boolean state(long sequence, SessionOp... ops) {
		return asks(() -> part(LIFE, sequence, 0, true, ops));
	}

	private void part(long incarnation, long sequence, int index, boolean last, SessionOp... ops) {
		List<SessionOp> all = this.parts.add(new SessionFrame.State(incarnation, sequence, index, last, List.of(ops)));
		if (all != null) {
			this.replicas.part(NODE, new StatePart<>(0, incarnation, sequence, StatePart.ALL, all));
		}
	}

	private boolean digest(long sequence) {
		return asks(() -> this.replicas.beat(NODE, LIFE, sequence));
	}

	private boolean asks(Runnable message) {
		int before = this.requests;
		message.run();
		return this.requests > before;
	}

	private RemoteSession session(String id) {
		return Objects.requireNonNull(this.users.session("jane", id));
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

}
