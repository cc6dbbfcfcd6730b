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
 * Brings requests to the node that has the session, and its answers back. A node that
 * goes, or does not answer, counts as one that does not know the session.
 */
final class LongPollRelay {

	// what an answer may take on top of what it has to wait for
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Cluster cluster;

	private final LongPollSessions sessions;

	private final LongPollSettings settings;

	private final WireLine line;

	private final AtomicLong numbers = new AtomicLong();

	private final ConcurrentMap<Long, Asked> asked = new ConcurrentHashMap<>();

	LongPollRelay(Cluster cluster, ClusterWire wire, LongPollSessions sessions, LongPollSettings settings) {
		this.cluster = cluster;
		this.sessions = sessions;
		this.settings = settings;
		this.line = wire.open(FrameKind.LONG_POLL, (sender, body) -> received(sender, RelayFrame.decode(body)));
	}

	CompletableFuture<PollAnswer> poll(LongPollToken token) {
		if (!isHere(token.node())) {
			return ask(token, this.settings.pollTimeout().plus(PATIENCE), PollAnswer.GONE,
					(number) -> RelayFrame.poll(number, token.session(), token.heard()));
		}
		return pollHere(token.session(), token.heard());
	}

	private CompletableFuture<PollAnswer> pollHere(String name, int heard) {
		LongPollSession session = this.sessions.find(name);
		return (session != null) ? session.poll(heard)
				: CompletableFuture.completedFuture(PollAnswer.of(PollAnswer.GONE));
	}

	CompletableFuture<PollAnswer> send(LongPollToken token, PollBody body) {
		if (!isHere(token.node())) {
			return ask(token, PATIENCE, PollAnswer.TIMEOUT, (number) -> RelayFrame.send(number, token.session(), body));
		}
		return CompletableFuture.completedFuture(PollAnswer.of(sendHere(token.session(), body)));
	}

	private int sendHere(String name, PollBody body) {
		LongPollSession session = this.sessions.find(name);
		return (session != null) ? session.receive(body) : PollAnswer.GONE;
	}

	/**
	 * Return whether it is known already that a session does not exist.
	 * @param token the token of the session
	 * @return {@code true} if this node would have it and has not, or no node would
	 */
	boolean isGone(LongPollToken token) {
		return isHere(token.node()) ? this.sessions.find(token.session()) == null
				: !this.cluster.view().contains(token.node());
	}

	/**
	 * Have a request that waits sent away, with 204, so that nothing is said to it that
	 * nobody hears.
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

	private CompletableFuture<PollAnswer> ask(LongPollToken token, Duration patience, int otherwise,
			LongFunction<RelayFrame> frame) {
		long number = this.numbers.incrementAndGet();
		Asked request = new Asked(token.node(), System.nanoTime() + patience.toNanos(), otherwise,
				new CompletableFuture<>());
		if (!this.cluster.view().contains(token.node())) {
			request.answer().complete(PollAnswer.of(PollAnswer.GONE));
			return request.answer();
		}
		this.asked.put(number, request);
		try {
			this.line.sendTo(token.node(), frame.apply(number).encode());
		}
		catch (PayloadTooLargeException ex) {
			this.asked.remove(number);
			request.answer().complete(PollAnswer.of(PollAnswer.TOO_LARGE));
		}
		return request.answer();
	}

	/**
	 * Give up what has waited for too long, or for a node that has gone.
	 */
	void tick() {
		this.asked.forEach((number, request) -> {
			boolean gone = !this.cluster.view().contains(request.node());
			if ((gone || System.nanoTime() - request.deadline() > 0) && this.asked.remove(number, request)) {
				int status = gone ? PollAnswer.GONE : request.otherwise();
				request.answer().complete(PollAnswer.of(status));
			}
		});
	}

	private void received(Node node, RelayFrame frame) {
		switch (frame.kind()) {
			case POLL ->
				pollHere(frame.session(), frame.heard()).thenAccept((answer) -> answer(node, frame.number(), answer));
			case RELEASE -> releaseHere(frame.session());
			case SEND, SEND_LINES -> answer(node, frame.number(), PollAnswer
				.of(sendHere(frame.session(), new PollBody(frame.body(), frame.kind() == RelayFrame.Kind.SEND_LINES))));
			case ANSWER -> answered(this.asked.remove(frame.number()), frame.answer());
		}
	}

	private void answer(Node node, long number, PollAnswer answer) {
		this.line.sendTo(node, RelayFrame.answer(number, answer).encode());
	}

	private static void answered(@Nullable Asked request, PollAnswer answer) {
		if (request != null) {
			request.answer().complete(answer);
		}
	}

	/**
	 * A request that another node has to answer.
	 *
	 * @param node the node
	 * @param deadline when it is given up, on the clock of {@link System#nanoTime()}
	 * @param otherwise the status if it is
	 * @param answer completes with the answer
	 */
	private record Asked(Node node, long deadline, int otherwise, CompletableFuture<PollAnswer> answer) {
	}

}
