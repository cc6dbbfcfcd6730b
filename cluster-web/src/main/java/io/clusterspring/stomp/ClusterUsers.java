package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpSubscription;
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
import io.clusterspring.replication.Replicas;
import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;
import io.clusterspring.stomp.PeerSessions.StateParts;
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

	/** Requests for users have no tokens. */
	private static final long TOKEN = 0;

	private final Node self;

	private final ClusterWire wire;

	private final Mailbox mailbox;

	private final UserEvents events;

	private final LocalSessions local;

	private final CoalescedTask changes;

	private final CoalescedTask digest;

	private final RemoteUsers remote = new RemoteUsers();

	private final Replicas<SessionOp, SessionOp> replicas = new Replicas<>(
			(node, incarnation) -> new PeerSessions(node, this::user, this.remote, this::publish), () -> TOKEN,
			new FrameOutbox());

	private final Map<Node, StateParts> parts = new HashMap<>();

	private final long incarnation = ThreadLocalRandom.current().nextLong();

	private volatile @Nullable SimpUserRegistry registry;

	private volatile @Nullable WireLine line;

	private final Ticker digests;

	/**
	 * Create the users of a cluster. They are not exchanged until a {@link BrokerBridge}
	 * is started.
	 * @param wire carries the changes
	 * @param executor runs the listeners of the {@link StompSessionEvent}s
	 * @param capacity the maximum number of waiting changes, events, and messages of
	 * other nodes each
	 * @param publisher publishes the {@link StompSessionEvent}s
	 */
	public ClusterUsers(ClusterWire wire, Executor executor, int capacity, ApplicationEventPublisher publisher) {
		this.self = wire.self();
		this.wire = wire;
		this.mailbox = wire.mailbox(capacity);
		this.local = new LocalSessions(this.incarnation, capacity);
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
		return new Locations(this.local, this.remote);
	}

	private SimpUser user(String name) {
		return new ClusterUser(name, () -> this.registry, this.remote);
	}

	/** Return the user of a session of this node, {@code null} without one. */
	@Nullable String userOf(String sessionId) {
		return this.local.user(sessionId);
	}

	/** Return what a session of this node has subscribed to. */
	List<String> destinations(String user, String sessionId) {
		SimpUserRegistry present = this.registry;
		SimpUser known = (present != null) ? present.getUser(user) : null;
		SimpSession session = (known != null) ? known.getSession(sessionId) : null;
		return (session != null)
				? session.getSubscriptions().stream().map(SimpSubscription::getDestination).distinct().toList()
				: List.of();
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
			this.replicas.askAll();
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

	/** Send the number of the last change, so that other nodes notice a loss. */
	void tick() {
		this.digest.post();
	}

	private void handle(ApplicationEvent event) {
		SessionOp change = this.local.handle(event);
		if (change instanceof SessionOp.Connected connected) {
			publish(new UserSessionConnected(this.self, connected.user(), connected.sessionId()));
		}
		else if (change instanceof SessionOp.Disconnected disconnected) {
			publish(new UserSessionDisconnected(this.self, disconnected.user(), disconnected.sessionId()));
		}
		else if (change instanceof SessionOp.AnonymousConnected connected) {
			publish(new AnonymousSessionConnected(this.self, connected.sessionId()));
		}
		else if (change instanceof SessionOp.AnonymousDisconnected disconnected) {
			publish(new AnonymousSessionDisconnected(this.self, disconnected.sessionId()));
		}
		if (change != null) {
			this.changes.post();
		}
	}

	private void sendChanges() {
		if (this.local.takeLoss()) {
			sendDigest();
		}
		for (Changes<SessionOp> next = this.local.takeChanges(); next != null; next = this.local.takeChanges()) {
			send(null, new SessionFrame.Delta(this.incarnation, next.to(), next.changes()));
		}
	}

	private void sendDigest() {
		send(null, new SessionFrame.Digest(this.incarnation, this.local.sequence()));
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
	 * Return the number of {@link StompSessionEvent}s that were lost, because their
	 * listeners were too slow.
	 * @return the number since the start
	 */
	public long droppedEvents() {
		return this.events.dropped();
	}

	private void publish(StompSessionEvent event) {
		this.events.publish(event);
	}

	@Override
	public void viewChanged(ClusterView view) {
		List<Node> others = view.nodes().stream().filter((node) -> !node.equals(this.self)).toList();
		this.mailbox.postAlways(() -> {
			this.parts.keySet().retainAll(others);
			others.forEach((node) -> this.parts.putIfAbsent(node, new StateParts()));
			this.replicas.view(others);
		});
	}

	private void received(Node node, ByteBuffer body) {
		SessionFrame frame = SessionFrame.decode(body);
		if (frame instanceof SessionFrame.Delta delta) {
			this.replicas.changes(node, delta.changes());
		}
		else if (frame instanceof SessionFrame.State state) {
			StateParts known = this.parts.get(node);
			List<SessionOp> all = (known != null) ? known.add(state) : null;
			if (all != null) {
				this.replicas.part(node,
						new StatePart<>(TOKEN, state.incarnation(), state.sequence(), StatePart.ALL, all));
			}
		}
		else if (frame instanceof SessionFrame.Digest received) {
			this.replicas.beat(node, received.incarnation(), received.sequence());
		}
		else {
			this.replicas.asked(node, new Request(TOKEN, 0));
		}
	}

	/** Sends requests and the state of this node. */
	private final class FrameOutbox implements Replicas.Outbox {

		@Override
		public void ask(Node node, Request request) {
			send(node, new SessionFrame.Ask());
		}

		@Override
		public void answer(Node node, Request request) {
			sendChanges();
			// it is read before the sessions, which may have later changes as well
			long sequence = ClusterUsers.this.local.sequence();
			List<SessionOp> all = SessionOp.all(ClusterUsers.this.registry, ClusterUsers.this.local.anonymous());
			int start = 0;
			for (int index = 0; index == 0 || start < all.size(); index++) {
				List<SessionOp> part = SessionOp.IN_FRAME.first(all.subList(start, all.size()));
				start += part.size();
				send(node, new SessionFrame.State(ClusterUsers.this.incarnation, sequence, index, start == all.size(),
						part));
			}
		}

	}

	/** The locations of users, from the replicated state of this node. */
	private record Locations(LocalSessions local, RemoteUsers remote) implements UserLocations {

		@Override
		public boolean isLocal(String sessionId) {
			return this.local.contains(sessionId);
		}

		@Override
		public boolean isLocal(String user, String sessionId) {
			return this.local.contains(user, sessionId);
		}

		@Override
		public @Nullable Node nodeOf(String user, String sessionId) {
			RemoteSession session = this.remote.session(user, sessionId);
			return (session != null) ? session.node() : null;
		}

		@Override
		public Set<Node> nodesOf(String user) {
			return this.remote.nodes(user);
		}

	}

}
