package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationResolver;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Replicates the users of all nodes. Each node owns its sessions and sends every change
 * to the others. A node that sees a new node, or has missed a change, requests the whole
 * state. When a node leaves the view, its sessions are removed at once.
 *
 * <p>
 * All changes are applied in one mailbox, without locks. Readers do not block.
 */
public final class ClusterUsers implements TransportListener, FailureSource {

	private static final Duration DIGEST_INTERVAL = Duration.ofSeconds(5);

	private final Node self;

	private final ClusterWire wire;

	private final Mailbox mailbox;

	private final UserEvents events;

	private final LocalSessions local;

	private final CoalescedTask changes;

	private final CoalescedTask digest;

	private final RemoteUsers remote = new RemoteUsers();

	private final Map<Node, PeerSessions> peers = new HashMap<>();

	private final long incarnation = ThreadLocalRandom.current().nextLong();

	private long sequence;

	private volatile @Nullable SimpUserRegistry registry;

	private volatile @Nullable WireLine line;

	private final Ticker digests;

	/**
	 * Create the users of a cluster. They are not exchanged until a {@link BrokerBridge}
	 * is started.
	 * @param wire carries the changes
	 * @param executor runs the listeners of the {@link UserSessionEvent}s
	 * @param capacity the maximum number of waiting changes, events, and messages of
	 * other nodes each
	 * @param publisher publishes the {@link UserSessionEvent}s
	 */
	public ClusterUsers(ClusterWire wire, Executor executor, int capacity, ApplicationEventPublisher publisher) {
		this.self = wire.self();
		this.wire = wire;
		this.mailbox = wire.mailbox(capacity);
		this.local = new LocalSessions(capacity);
		this.changes = new CoalescedTask(this.mailbox, this::sendChanges);
		this.digest = new CoalescedTask(this.mailbox, this::sendDigest);
		this.events = new UserEvents(new Mailbox(executor, capacity), publisher);
		this.digests = Ticker.withThread("cluster-users", DIGEST_INTERVAL, this::tick);
	}

	/**
	 * Wrap the registry of this node in a registry for all nodes.
	 * @param replaced the registry of this node, which still manages its sessions
	 * @return the registry to use instead
	 */
	public SimpUserRegistry over(SimpUserRegistry replaced) {
		this.registry = replaced;
		return new ClusterUserRegistry(replaced, this.remote, this::user, this::handle);
	}

	/**
	 * Replace a resolver of user destinations by one that ignores sessions on other
	 * nodes, because those nodes resolve them.
	 * @param replaced the resolver of the application
	 * @return the resolver to use instead
	 */
	public UserDestinationResolver over(DefaultUserDestinationResolver replaced) {
		return (replaced.getSimpUserRegistry() instanceof ClusterUserRegistry users)
				? new LocalDestinationResolver(replaced, users.forResolver(), this::isElsewhere) : replaced;
	}

	UserLocations locations() {
		return new KnownLocations(this.local, this.remote);
	}

	private SimpUser user(String name) {
		return new ClusterUser(name, () -> this.registry, this.remote);
	}

	// without a bridge, no other node would resolve it
	private boolean isElsewhere(String sessionId) {
		return this.line != null && !this.local.contains(sessionId);
	}

	@Override
	public Map<String, String> failures() {
		return this.digests.failures();
	}

	void open() {
		this.events.open(true);
		this.line = this.wire.open(FrameKind.STOMP_USERS, this.mailbox, this::received);
		this.mailbox.postAlways(() -> {
			this.peers.forEach(this::meet);
			// nodes that saw this node before it could answer now request the state
			sendDigest();
		});
		this.digests.start();
	}

	void close() {
		this.digests.stop();
		WireLine open = this.line;
		if (open != null) {
			this.line = null;
			open.close();
		}
		this.events.open(false);
	}

	/**
	 * Send the number of the last change, so that other nodes notice a loss.
	 */
	void tick() {
		this.digest.post();
	}

	private void handle(ApplicationEvent event) {
		SessionOp change = this.local.handle(event);
		if (change != null) {
			publish(change);
			this.changes.post();
		}
	}

	private void sendChanges() {
		if (this.local.takeLoss()) {
			// the other nodes notice the missing number and request the state
			this.sequence++;
			sendDigest();
		}
		List<SessionOp> changed = this.local.takeChanges();
		while (!changed.isEmpty()) {
			send(null, new SessionFrame.Delta(this.incarnation, ++this.sequence, changed));
			changed = this.local.takeChanges();
		}
	}

	private void sendDigest() {
		send(null, new SessionFrame.Digest(this.incarnation, this.sequence));
	}

	private void send(@Nullable Node receiver, SessionFrame frame) {
		WireLine open = this.line;
		if (open != null && receiver != null) {
			open.sendTo(receiver, frame.encode());
		}
		else if (open != null) {
			open.send(frame.encode());
		}
	}

	/**
	 * Return the number of changes that were not sent, because too many were waiting. The
	 * other nodes have requested the state instead.
	 * @return the number since the start
	 */
	public long droppedChanges() {
		return this.local.dropped();
	}

	/**
	 * Return the number of {@link UserSessionEvent}s that were lost, because their
	 * listeners were too slow.
	 * @return the number since the start
	 */
	public long droppedEvents() {
		return this.events.dropped();
	}

	private void publish(SessionOp change) {
		if (change instanceof SessionOp.Connected connected) {
			this.events.publish(new UserSessionConnected(this.self, connected.user(), connected.sessionId()));
		}
		else if (change instanceof SessionOp.Disconnected disconnected) {
			this.events.publish(new UserSessionDisconnected(this.self, disconnected.user(), disconnected.sessionId()));
		}
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.mailbox.postAlways(() -> {
			this.peers.entrySet().removeIf((peer) -> {
				boolean gone = !view.contains(peer.getKey());
				if (gone) {
					peer.getValue().clear();
				}
				return gone;
			});
			view.nodes().forEach(this::add);
		});
	}

	private void add(Node node) {
		if (!node.equals(this.self) && !this.peers.containsKey(node)) {
			PeerSessions peer = new PeerSessions(node, this::user, new RemoteListener());
			this.peers.put(node, peer);
			meet(node, peer);
		}
	}

	private void meet(Node node, PeerSessions peer) {
		if (this.line != null) {
			peer.meet();
			ask(node, true);
		}
	}

	private void ask(Node node, boolean wanted) {
		if (wanted) {
			send(node, new SessionFrame.Ask());
		}
	}

	private void received(Node node, ByteBuffer body) {
		SessionFrame frame = SessionFrame.decode(body);
		PeerSessions peer = this.peers.get(node);
		// a late message of a node that has left must not restore its users
		if (peer == null) {
			return;
		}
		if (frame instanceof SessionFrame.Delta delta) {
			ask(node, peer.delta(delta));
		}
		else if (frame instanceof SessionFrame.State state) {
			ask(node, peer.state(state));
		}
		else if (frame instanceof SessionFrame.Digest received) {
			ask(node, peer.digest(received));
		}
		else {
			sendState(node);
		}
	}

	private void sendState(Node node) {
		sendChanges();
		Queue<SessionOp> ops = new ArrayDeque<>(SessionOp.all(this.registry));
		int index = 0;
		do {
			List<SessionOp> part = SessionOp.take(ops);
			send(node, new SessionFrame.State(this.incarnation, this.sequence, index++, ops.isEmpty(), part));
		}
		while (!ops.isEmpty());
	}

	/**
	 * Applies changes of other nodes, and then publishes their events.
	 */
	private final class RemoteListener implements SessionListener {

		@Override
		public void connected(RemoteSession session) {
			ClusterUsers.this.remote.connected(session);
			ClusterUsers.this.events
				.publish(new UserSessionConnected(session.node(), session.getUser().getName(), session.getId()));
		}

		@Override
		public void disconnected(RemoteSession session) {
			ClusterUsers.this.remote.disconnected(session);
			ClusterUsers.this.events
				.publish(new UserSessionDisconnected(session.node(), session.getUser().getName(), session.getId()));
		}

	}

}
