package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.replication.OwnChanges.PartSize;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReceiver;
import io.clusterspring.wire.WireLine;

/**
 * Tells other nodes of revocations, and hears of theirs. A node tells its own ones to all
 * nodes, and again to each one that comes into its view, that has taken no frames for a
 * moment, or that asks because its queue was full. If the revocations that a node has
 * missed are forgotten, it is told to close all sockets of that time.
 */
final class RevocationExchange {

	private static final Log logger = LogFactory.getLog(Revocations.class);

	private static final PartSize<Revocation> IN_FRAME = new PartSize<>(RevocationFrame::size, 1 << 16, 1000);

	// a node that was busy takes frames again by then, or leaves the view
	private static final Duration REPEAT = Duration.ofSeconds(2);

	private final ClusterWire wire;

	private final RevocationMemory memory;

	private final Mailbox mailbox;

	/** A node may have missed events from so long before others missed the node. */
	private final long margin;

	private final BiConsumer<Revocation, Node> heard;

	private final WireLine line;

	private final WireLine disconnects;

	/** The nodes whose frames found the queue of this node full, and since when. */
	private final Map<Node, Long> missed = new ConcurrentHashMap<>();

	private final CoalescedTask asking;

	private final CountedWarning untold = new CountedWarning(logger);

	private final AtomicBoolean repeating = new AtomicBoolean();

	private volatile long repeatingSince;

	private final Absences absences;

	private Set<Node> known = Set.of();

	/**
	 * Create the exchange of a node.
	 * @param wire carries the frames
	 * @param memory knows what to tell
	 * @param mailbox takes the frames
	 * @param margin how long a node may have taken nothing before that is noticed, in
	 * nanoseconds
	 * @param heard is told what other nodes have revoked, in the mailbox
	 */
	RevocationExchange(ClusterWire wire, RevocationMemory memory, Mailbox mailbox, long margin,
			BiConsumer<Revocation, Node> heard) {
		this.wire = wire;
		this.memory = memory;
		this.mailbox = mailbox;
		this.margin = margin;
		this.heard = heard;
		this.absences = new Absences(margin);
		this.asking = new CoalescedTask(mailbox, this::ask);
		this.line = wire.open(FrameKind.REVOCATION, mailbox, new Receiver() {
			@Override
			public void receive(Node sender, ByteBuffer body) {
				RevocationFrame.decode(body, System.nanoTime()).forEach((each) -> received(sender, each));
			}
		});
		this.disconnects = wire.open(FrameKind.DISCONNECT, mailbox, new Receiver() {
			@Override
			public void receive(Node sender, ByteBuffer body) {
				RevocationKey key = RevocationKey.socketId(RevocationFrame.disconnected(body));
				heard.accept(Revocation.earlier(key, System.nanoTime()), sender);
			}
		});
	}

	/** Tell all nodes. */
	void tell(Revocation revocation) {
		long lost = this.wire.lost();
		if (revocation.key().subject() == RevocationKey.Subject.SOCKET_ID) {
			this.disconnects.send(RevocationFrame.disconnect(revocation.key().name()));
		}
		else {
			this.line.send(RevocationFrame.encode(List.of(revocation), System.nanoTime()));
		}
		repeatIfLost(lost, revocation.at());
	}

	// a node that takes nothing for a moment stays in the view, and nobody else tells it
	private void repeatIfLost(long before, long since) {
		if (this.wire.lost() != before && this.repeating.compareAndSet(false, true)) {
			this.repeatingSince = since;
			later().execute(this::repeat);
		}
	}

	private Executor later() {
		return CompletableFuture.delayedExecutor(REPEAT.toMillis(), TimeUnit.MILLISECONDS, this.mailbox::postAlways);
	}

	private void repeat() {
		long since = this.repeatingSince;
		this.repeating.set(false);
		long lost = this.wire.lost();
		this.known.forEach(this::tellAll);
		if (this.memory.untold(since, true, System.nanoTime()) != null) {
			this.untold.add((count) -> "A node that took no frames for a while may have sockets that were disconnected "
					+ "or whose HTTP session has ended: there were too many of those for cluster.revocation.capacity ("
					+ count + " times so far)");
		}
		repeatIfLost(lost, since);
	}

	private void received(Node sender, Revocation revocation) {
		if (revocation.effect() == Revocation.Effect.ASKED) {
			tellSince(sender, revocation.at());
		}
		else {
			this.heard.accept(revocation, sender);
		}
	}

	private void tellSince(Node node, long since) {
		long lost = this.wire.lost();
		tellAll(node);
		closeUntold(node, since - this.margin, true);
		if (this.wire.lost() != lost) {
			later().execute(() -> tellSince(node, since));
		}
	}

	/** Ask the nodes whose frames were dropped, or all others if they have gone. */
	private void ask() {
		for (Node node : Set.copyOf(this.missed.keySet())) {
			Long since = this.missed.remove(node);
			if (since != null) {
				long lost = this.wire.lost();
				byte[] question = RevocationFrame.encode(List.of(Revocation.asked(since)), System.nanoTime());
				Set<Node> asked = this.known.contains(node) ? Set.of(node) : this.known;
				asked.forEach((other) -> this.line.sendTo(other, question));
				if (this.wire.lost() != lost) {
					this.missed.merge(node, since, (one, other) -> (one - other < 0) ? one : other);
					later().execute(this::ask);
				}
			}
		}
	}

	/**
	 * Take the next view, in the mailbox.
	 * @param view the view
	 * @return whether a node has come back after a long time
	 */
	boolean changed(ClusterView view) {
		Set<Node> others = new HashSet<>(view.nodes());
		others.remove(this.wire.self());
		Set<Node> gone = new HashSet<>(this.known);
		gone.removeAll(others);
		this.memory.adopt(gone);
		others.stream().filter((node) -> !this.known.contains(node)).forEach((node) -> {
			tellAll(node);
			Long since = this.absences.since(node);
			if (since != null) {
				// sessions are looked up
				closeUntold(node, since - this.margin, false);
			}
		});
		this.known = others;
		return this.absences.changed(others, System.nanoTime());
	}

	private void closeUntold(Node node, long since, boolean sessions) {
		long now = System.nanoTime();
		Long until = this.memory.untold(since, sessions, now);
		if (until != null) {
			this.line.sendTo(node, RevocationFrame.encode(List.of(Revocation.all(until)), now));
		}
	}

	private void tellAll(Node node) {
		long now = System.nanoTime();
		List<Revocation> left = this.memory.own(now);
		while (!left.isEmpty()) {
			List<Revocation> part = IN_FRAME.first(left);
			this.line.sendTo(node, RevocationFrame.encode(part, now));
			left = left.subList(part.size(), left.size());
		}
	}

	private abstract class Receiver implements FrameReceiver {

		@Override
		public void dropped(Node sender) {
			RevocationExchange.this.missed.putIfAbsent(sender, System.nanoTime());
			RevocationExchange.this.asking.post();
		}

	}

}
