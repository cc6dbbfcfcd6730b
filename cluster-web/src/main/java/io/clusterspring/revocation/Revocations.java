package io.clusterspring.revocation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.wire.ClusterWire;

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

	private static final Log logger = LogFactory.getLog(Revocations.class);

	private final RevocationMemory memory;

	private final Mailbox mailbox;

	private final RevocationExchange exchange;

	private final CountedWarning doubted = new CountedWarning(logger);

	private final List<RevocableSockets<?>> sockets = new CopyOnWriteArrayList<>();

	private volatile @Nullable SessionDeadlines deadlines;

	/** An event longer ago than this may not have been told. */
	private final long missed;

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
	 * @param mailbox closes sockets; frames of other nodes that find it full are asked
	 * for again
	 * @param capacity how many revocations the node remembers
	 * @param retention how long it remembers them
	 */
	public Revocations(ClusterWire wire, Mailbox mailbox, int capacity, Duration retention) {
		this.memory = new RevocationMemory(capacity, retention.toNanos());
		// half of it, because nodes are in the view until their failure is detected
		this.missed = retention.toNanos() / 2;
		this.mailbox = mailbox;
		this.exchange = new RevocationExchange(wire, this.memory, mailbox, this.missed, this::heard);
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
		closeHere(RevocationKey.session(hash));
	}

	/**
	 * Close all sockets with a key, on all nodes: those that are open, and those whose
	 * request has arrived before now. The caller may have to wait as in
	 * {@link io.clusterspring.ClusterTransport#send}.
	 * @param key the key
	 * @throws IllegalArgumentException if its name is empty or not well-formed
	 */
	public void revoke(RevocationKey key) {
		tell(Revocation.earlier(key.requireSendable(), System.nanoTime()));
	}

	/**
	 * Close all sockets with a key on all nodes, as above, if their requests have arrived
	 * before a moment.
	 * @param key the key
	 * @param at the moment, by {@link System#nanoTime()}, which is over
	 */
	public void revoke(RevocationKey key, long at) {
		tell(Revocation.earlier(key.requireSendable(), at));
	}

	/**
	 * Close the open sockets with a key on this node only.
	 * @param key the key
	 * @return how many sockets these are
	 */
	public int closeHere(RevocationKey key) {
		Revocation revocation = Revocation.earlier(key, System.nanoTime());
		return this.sockets.stream().mapToInt((index) -> index.apply(revocation)).sum();
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
		boolean news = this.memory.add(revocation, null, System.nanoTime());
		// with a full mailbox the caller closes them, and so waits
		if (news && !this.mailbox.post(() -> close(revocation))) {
			close(revocation);
		}
		// a revocation that another node has told at this moment may be news to a third
		if (news || revocation.key().subject() != RevocationKey.Subject.SESSION) {
			this.exchange.tell(revocation);
		}
	}

	private void heard(Revocation revocation, Node sender) {
		if (revocation.effect() == Revocation.Effect.ALL) {
			this.memory.doubt(revocation.at());
			int closed = this.sockets.stream().mapToInt((index) -> index.apply(revocation)).sum();
			if (closed > 0) {
				this.doubted.add((count) -> "Closed " + closed + " socket(s), because " + sender
						+ " has disconnected some while this node heard nothing, and has forgotten which ones; their "
						+ "clients come back (" + count + " times so far)");
			}
		}
		else if (this.memory.add(revocation, sender, System.nanoTime())) {
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
		this.mailbox.postAlways(() -> {
			// the other part has forgotten the sessions that ended before the parts met
			SessionDeadlines watched = this.deadlines;
			if (this.exchange.changed(view) && watched != null) {
				watched.allDue(System.nanoTime());
			}
		});
	}

	/**
	 * Return whether others may have told something that this node has missed.
	 * @param time for how long it has heard nothing, in nanoseconds
	 * @return whether they may have forgotten it since
	 */
	boolean mayHaveMissed(long time) {
		return time > this.missed;
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
