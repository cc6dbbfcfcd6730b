package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.replication.OwnChanges.PartSize;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Closes sockets on all nodes. Each node remembers the revocations it knows for a while,
 * and tells its own ones to each node that comes into its view meanwhile. Thread-safe; no
 * method waits for sockets to close.
 */
public final class Revocations implements TransportListener {

	/** How many revocations a node remembers, unless configured otherwise. */
	public static final int CAPACITY = 10_000;

	/** How long a node remembers them, unless configured otherwise. */
	public static final Duration RETENTION = Duration.ofSeconds(60);

	private static final PartSize<Revocation> IN_FRAME = new PartSize<>(RevocationFrame::size, 1 << 16, 1000);

	// a node that was busy takes frames again by then, or leaves the view
	private static final Duration REPEAT = Duration.ofSeconds(2);

	private final ClusterWire wire;

	private final RevocationMemory memory;

	private final Mailbox mailbox;

	private final WireLine line;

	private final WireLine disconnects;

	private final List<RevocableSockets<?>> sockets = new CopyOnWriteArrayList<>();

	private volatile @Nullable SessionDeadlines deadlines;

	/** An event longer ago than this may not have been told. */
	private final long missed;

	private final Absences absences;

	private final AtomicBoolean repeating = new AtomicBoolean();

	private Set<Node> known = Set.of();

	/**
	 * Create the revocations of a node, with the default bounds.
	 * @param wire tells the other nodes
	 */
	public Revocations(ClusterWire wire) {
		this(wire, wire.mailbox(CAPACITY), CAPACITY, RETENTION);
	}

	/**
	 * Create the revocations of a node.
	 * @param wire tells the other nodes
	 * @param mailbox closes sockets; frames of other nodes that find it full are lost
	 * @param capacity how many revocations the node remembers
	 * @param retention how long it remembers them
	 */
	public Revocations(ClusterWire wire, Mailbox mailbox, int capacity, Duration retention) {
		this.wire = wire;
		this.memory = new RevocationMemory(capacity, retention.toNanos());
		// half of it, because nodes are in the view until their failure is detected
		this.missed = retention.toNanos() / 2;
		this.absences = new Absences(this.missed);
		this.mailbox = mailbox;
		this.line = wire.open(FrameKind.REVOCATION, mailbox, (sender, body) -> received(body));
		this.disconnects = wire.open(FrameKind.DISCONNECT, mailbox, (sender, body) -> disconnected(body));
	}

	/**
	 * Create an index of sockets, whose sockets are closed from now on.
	 * @param <T> the type of a socket
	 * @param close closes a socket; must not block and runs on a thread of the cluster,
	 * or on the one that registers the socket
	 * @return an empty index
	 */
	public <T> RevocableSockets<T> sockets(Consumer<T> close) {
		RevocableSockets<T> index = new RevocableSockets<>(this.memory, close, this::opened);
		this.sockets.add(index);
		return index;
	}

	private void opened(SocketOrigin.Session session) {
		SessionDeadlines watched = this.deadlines;
		if (watched != null) {
			watched.opened(session, this.memory.current(RevocationKey.session(session.hash())).name(),
					System.nanoTime());
		}
	}

	/**
	 * Keep the deadlines of the sessions of sockets from now on.
	 * @param deadlines the deadlines
	 */
	void watch(SessionDeadlines deadlines) {
		this.deadlines = deadlines;
	}

	/**
	 * Return the HTTP sessions of the sockets of this node.
	 * @return the hashes of their present ids
	 */
	Set<String> openSessions() {
		Set<String> open = new HashSet<>();
		this.sockets.forEach((index) -> index.collectSessions(open));
		return open;
	}

	/**
	 * Close the sockets of an HTTP session on this node only.
	 * @param hash the hash of its present id
	 */
	void leaveHere(String hash) {
		Revocation revocation = Revocation.earlier(RevocationKey.session(hash), System.nanoTime());
		this.sockets.forEach((index) -> index.apply(revocation));
	}

	/**
	 * Close all sockets with a key, on all nodes: those that are open, and those whose
	 * request has arrived before now. The caller may have to wait as in
	 * {@link io.clusterspring.ClusterTransport#send}.
	 * @param key the key
	 * @throws IllegalArgumentException if its name is empty or not well-formed
	 */
	public void revoke(RevocationKey key) {
		Revocation revocation = Revocation.earlier(key.requireSendable(), System.nanoTime());
		if (key.subject() == RevocationKey.Subject.SOCKET_ID) {
			apply(revocation);
			long lost = this.wire.lost();
			this.disconnects.send(RevocationFrame.disconnect(key.name()));
			repeatIfLost(lost);
		}
		else {
			tell(revocation);
		}
	}

	/**
	 * Close all sockets of an HTTP session that has ended, on all nodes, also those that
	 * are opened from now on by a request that has still found it.
	 * @param id the id of the session, which is not told to anybody
	 */
	public void sessionEnded(String id) {
		tell(Revocation.ended(SessionHash.of(id), System.nanoTime()));
	}

	/**
	 * Close the sockets of an HTTP session whose user has logged out while the session
	 * goes on, on all nodes: those whose request has arrived before now.
	 * @param id the id of the session, which is not told to anybody
	 */
	public void sessionLeft(String id) {
		tell(Revocation.earlier(RevocationKey.session(SessionHash.of(id)), System.nanoTime()));
	}

	/**
	 * Tell all nodes that an HTTP session goes on under another id.
	 * @param from the id until now
	 * @param to the new id
	 */
	public void sessionRenamed(String from, String to) {
		SessionDeadlines watched = this.deadlines;
		if (watched != null) {
			watched.renamed(SessionHash.of(from), SessionHash.of(to), to);
		}
		tell(Revocation.renamed(SessionHash.of(from), SessionHash.of(to), System.nanoTime()));
	}

	private void tell(Revocation revocation) {
		if (apply(revocation)) {
			long lost = this.wire.lost();
			this.line.send(RevocationFrame.encode(List.of(revocation), System.nanoTime()));
			repeatIfLost(lost);
		}
	}

	// a node that takes nothing for a moment stays in the view, and nobody else tells it
	private void repeatIfLost(long before) {
		if (this.wire.lost() != before && this.repeating.compareAndSet(false, true)) {
			CompletableFuture.delayedExecutor(REPEAT.toMillis(), TimeUnit.MILLISECONDS, this.mailbox::postAlways)
				.execute(this::repeat);
		}
	}

	private void repeat() {
		this.repeating.set(false);
		long lost = this.wire.lost();
		this.known.forEach(this::tellAll);
		repeatIfLost(lost);
	}

	private boolean apply(Revocation revocation) {
		boolean news = this.memory.add(revocation, true, System.nanoTime());
		if (news) {
			this.mailbox.postAlways(() -> close(revocation));
		}
		return news;
	}

	private void received(ByteBuffer body) {
		RevocationFrame.decode(body, System.nanoTime()).forEach(this::heard);
	}

	private void disconnected(ByteBuffer body) {
		heard(Revocation.earlier(RevocationKey.socketId(RevocationFrame.disconnected(body)), System.nanoTime()));
	}

	private void heard(Revocation revocation) {
		if (this.memory.add(revocation, false, System.nanoTime())) {
			close(revocation);
		}
	}

	private void close(Revocation revocation) {
		SessionDeadlines watched = this.deadlines;
		if (watched != null && revocation.next() != null) {
			watched.renamed(revocation.key().name(), revocation.next(), null);
		}
		this.sockets.forEach((index) -> index.apply(revocation));
	}

	@Override
	public void viewChanged(ClusterView view) {
		Set<Node> others = new HashSet<>(view.nodes());
		others.remove(this.wire.self());
		this.mailbox.postAlways(() -> {
			others.stream().filter((node) -> !this.known.contains(node)).forEach(this::tellAll);
			this.known = others;
			lookAgain(others);
		});
	}

	// what the other part has told before the parts met again is forgotten there
	private void lookAgain(Set<Node> others) {
		long now = System.nanoTime();
		SessionDeadlines watched = this.deadlines;
		if (this.absences.changed(others, now) && watched != null) {
			watched.allDue(now);
		}
	}

	/**
	 * Return whether others may have told something that this node has missed.
	 * @param time for how long it has heard nothing, in nanoseconds
	 * @return whether they may have forgotten it since
	 */
	boolean mayHaveMissed(long time) {
		return time > this.missed;
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

	/**
	 * Return how many revocations are remembered.
	 * @return the present number
	 */
	public int remembered() {
		return this.memory.size();
	}

	/**
	 * Return how many revocations were forgotten before their time, because there were
	 * too many.
	 * @return the number since the start
	 */
	public long forgotten() {
		return this.memory.forgotten();
	}

}
