package io.clusterspring.channel.longpoll;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Forwards requests to the node that has the session, and returns its answers. A node
 * that leaves the cluster is treated as a node that does not know the session. If a node
 * of the cluster does not answer in time, the client is told to poll again: its session
 * is still there, and keeps what it has for it. Thread-safe.
 */
final class LongPollRelay {

	// the time for an answer, in addition to the time that the other node waits for
	// messages
	private static final Duration GRACE = Duration.ofSeconds(5);

	private final Cluster cluster;

	private final LongPollSessions sessions;

	private final LongPollSettings settings;

	private final WireLine line;

	private final AtomicLong numbers = new AtomicLong();

	private final ConcurrentMap<Long, PendingRequest> pending = new ConcurrentHashMap<>();

	LongPollRelay(Cluster cluster, ClusterWire wire, LongPollSessions sessions, LongPollSettings settings) {
		this.cluster = cluster;
		this.sessions = sessions;
		this.settings = settings;
		this.line = wire.open(FrameKind.LONG_POLL, (sender, body) -> received(sender, RelayFrame.decode(body)));
	}

	CompletableFuture<PollAnswer> poll(LongPollToken token) {
		if (!isHere(token.node())) {
			return ask(token, this.settings.pollTimeout().plus(GRACE), PollAnswer.NO_CONTENT,
					(number) -> RelayFrame.poll(number, token.session(), token.acknowledged()));
		}
		return pollHere(token.session(), token.acknowledged());
	}

	private CompletableFuture<PollAnswer> pollHere(String name, int acknowledged) {
		LongPollSession session = this.sessions.find(name);
		return (session != null) ? session.poll(acknowledged)
				: CompletableFuture.completedFuture(PollAnswer.of(PollAnswer.GONE));
	}

	CompletableFuture<PollAnswer> send(LongPollToken token, PollBody body) {
		if (!isHere(token.node())) {
			return ask(token, GRACE, PollAnswer.TIMEOUT, (number) -> RelayFrame.send(number, token.session(), body));
		}
		return CompletableFuture.completedFuture(PollAnswer.of(sendHere(token.session(), body)));
	}

	private int sendHere(String name, PollBody body) {
		LongPollSession session = this.sessions.find(name);
		return (session != null) ? session.receive(body) : PollAnswer.GONE;
	}

	/**
	 * Return whether a session is known not to exist.
	 * @return {@code true} if it would be on this node but is not, or if its node is not
	 * in the cluster
	 */
	boolean isGone(LongPollToken token) {
		return isHere(token.node()) ? this.sessions.find(token.session()) == null
				: !this.cluster.view().contains(token.node());
	}

	/**
	 * End a waiting request with status 204, so that no messages are sent to a client
	 * that has disconnected.
	 * @param token the token of its session
	 */
	void release(LongPollToken token) {
		if (isHere(token.node())) {
			releaseHere(token.session());
		}
		else {
			this.line.sendTo(token.node(), RelayFrame.request(RelayFrame.Kind.RELEASE, 0, token.session()).encode());
		}
	}

	private void releaseHere(String name) {
		LongPollSession session = this.sessions.find(name);
		if (session != null) {
			session.release();
		}
	}

	private boolean isHere(Node node) {
		return node.equals(this.cluster.self());
	}

	private CompletableFuture<PollAnswer> ask(LongPollToken token, Duration timeout, int timeoutStatus,
			LongFunction<RelayFrame> frame) {
		long number = this.numbers.incrementAndGet();
		PendingRequest request = new PendingRequest(token.node(), System.nanoTime() + timeout.toNanos(), timeoutStatus,
				new CompletableFuture<>());
		if (!this.cluster.view().contains(token.node())) {
			request.answer().complete(PollAnswer.of(PollAnswer.GONE));
			return request.answer();
		}
		this.pending.put(number, request);
		try {
			this.line.sendTo(token.node(), frame.apply(number).encode());
		}
		catch (PayloadTooLargeException ex) {
			this.pending.remove(number);
			request.answer().complete(PollAnswer.of(PollAnswer.TOO_LARGE));
		}
		return request.answer();
	}

	/** Complete the requests that have timed out, or whose node has left the cluster. */
	void tick() {
		this.pending.forEach((number, request) -> {
			boolean gone = !this.cluster.view().contains(request.node());
			if ((gone || System.nanoTime() - request.deadline() > 0) && this.pending.remove(number, request)) {
				int status = gone ? PollAnswer.GONE : request.timeoutStatus();
				request.answer().complete(PollAnswer.of(status));
			}
		});
	}

	private void received(Node node, RelayFrame frame) {
		switch (frame.kind()) {
			case POLL -> pollHere(frame.session(), frame.acknowledged())
				.thenAccept((answer) -> answer(node, frame.number(), answer));
			case RELEASE -> releaseHere(frame.session());
			case SEND, SEND_LINES -> answer(node, frame.number(), PollAnswer
				.of(sendHere(frame.session(), new PollBody(frame.body(), frame.kind() == RelayFrame.Kind.SEND_LINES))));
			case ANSWER -> answered(this.pending.remove(frame.number()), frame.answer());
		}
	}

	private void answer(Node node, long number, PollAnswer answer) {
		this.line.sendTo(node, RelayFrame.answer(number, answer).encode());
	}

	private static void answered(@Nullable PendingRequest request, PollAnswer answer) {
		if (request != null) {
			request.answer().complete(answer);
		}
	}

	/**
	 * A request that another node must answer.
	 *
	 * @param deadline the time of the timeout, on the clock of {@link System#nanoTime()}
	 * @param timeoutStatus the status of the answer after a timeout
	 * @param answer completes with the answer
	 */
	private record PendingRequest(Node node, long deadline, int timeoutStatus, CompletableFuture<PollAnswer> answer) {
	}

}
