package io.clusterspring.stomp;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Keeps the users of all nodes known on this one. Each node owns its sessions and tells
 * the others every change; who meets a node, or has missed something, asks it for the
 * whole. The sessions of a node that leaves the view are gone at that moment.
 *
 * <p>
 * What changes the knowledge happens in one mailbox, without locks; who reads waits for
 * nothing.
 */
public final class ClusterUsers implements TransportListener, FailureSource {

	static final String TOPIC = "_stomp:users";

	private static final int CAPACITY = 65_536;

	private static final int OPS_PER_FRAME = 1000;

	private static final Duration DIGEST_INTERVAL = Duration.ofSeconds(5);

	private final Node self;

	private final PubSub pubSub;

	private final Mailbox mailbox;

	private final UserEvents events;

	private final LocalSessions local = new LocalSessions();

	private final RemoteUsers remote = new RemoteUsers();

	private final Map<Node, PeerSessions> peers = new HashMap<>();

	private final long incarnation = ThreadLocalRandom.current().nextLong();

	private long sequence;

	private volatile @Nullable SimpUserRegistry registry;

	private volatile @Nullable Subscription subscription;

	private final Ticker digests;

	/**
	 * Create the users of a cluster. They are not exchanged until a {@link BrokerBridge}
	 * is started.
	 * @param self this node
	 * @param pubSub carries the changes
	 * @param executor runs the mailboxes
	 * @param publisher takes the {@link UserSessionEvent}s
	 */
	public ClusterUsers(Node self, PubSub pubSub, Executor executor, ApplicationEventPublisher publisher) {
		this.self = self;
		this.pubSub = pubSub;
		this.mailbox = new Mailbox(executor, CAPACITY);
		this.events = new UserEvents(new Mailbox(executor, CAPACITY), publisher);
		this.digests = Ticker.withThread("cluster-users", DIGEST_INTERVAL, this::tick);
	}

	/**
	 * Put a registry for all nodes over that of this node.
	 * @param replaced the registry of this node, which goes on to know its sessions
	 * @return the registry to use instead
	 */
	public SimpUserRegistry over(SimpUserRegistry replaced) {
		this.registry = replaced;
		return new ClusterUserRegistry(replaced, this.remote, this::user, this::hear);
	}

	/**
	 * Replace a resolver of user destinations by one that leaves sessions on other nodes
	 * to those.
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

	// without a bridge nobody else would serve it
	private boolean isElsewhere(String sessionId) {
		return this.subscription != null && !this.local.contains(sessionId);
	}

	@Override
	public Map<String, String> failures() {
		return this.digests.failures();
	}

	void open() {
		this.events.open(true);
		this.subscription = this.pubSub.subscribe(TOPIC, (message) -> this.mailbox.post(() -> frameReceived(message)));
		this.mailbox.postAlways(() -> {
			this.peers.forEach(this::meet);
			// who met this node before it could be asked asks now
			sendDigest();
		});
		this.digests.start();
	}

	void close() {
		this.digests.stop();
		Subscription subscribed = this.subscription;
		if (subscribed != null) {
			this.subscription = null;
			subscribed.close();
		}
		this.events.open(false);
	}

	/**
	 * Tell the others how far they should be by now.
	 */
	void tick() {
		this.mailbox.postAlways(this::sendDigest);
	}

	private void hear(ApplicationEvent event) {
		if (this.local.hear(event)) {
			this.mailbox.postAlways(this::sendChanges);
		}
	}

	private void sendChanges() {
		List<SessionOp> changes = this.local.takeChanges(OPS_PER_FRAME);
		while (!changes.isEmpty()) {
			broadcast(new SessionFrame.Delta(this.incarnation, ++this.sequence, changes));
			changes.forEach(this::publish);
			changes = this.local.takeChanges(OPS_PER_FRAME);
		}
	}

	private void sendDigest() {
		broadcast(new SessionFrame.Digest(this.incarnation, this.sequence));
	}

	private void broadcast(SessionFrame frame) {
		Subscription own = this.subscription;
		if (own != null) {
			this.pubSub.broadcastFrom(own, TOPIC, frame.encode());
		}
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
			PeerSessions peer = new PeerSessions(node, this::user, new Known());
			this.peers.put(node, peer);
			meet(node, peer);
		}
	}

	private void meet(Node node, PeerSessions peer) {
		if (this.subscription != null) {
			peer.meet();
			ask(node, true);
		}
	}

	private void ask(Node node, boolean wanted) {
		if (wanted) {
			this.pubSub.broadcastTo(node, TOPIC, new SessionFrame.Ask().encode());
		}
	}

	private void frameReceived(TopicMessage message) {
		Node node = message.node();
		PeerSessions peer = this.peers.get(node);
		// what a node has sent before it left is not to bring its users back
		if (peer == null) {
			return;
		}
		SessionFrame frame = SessionFrame.decode(message.bytes());
		if (frame instanceof SessionFrame.Delta delta) {
			ask(node, peer.delta(delta));
		}
		else if (frame instanceof SessionFrame.State state) {
			ask(node, peer.state(state));
		}
		else if (frame instanceof SessionFrame.Digest digest) {
			ask(node, peer.digest(digest));
		}
		else {
			sendState(node);
		}
	}

	private void sendState(Node node) {
		sendChanges();
		List<SessionOp> ops = SessionOp.all(this.registry);
		int parts = Math.max(1, (ops.size() + OPS_PER_FRAME - 1) / OPS_PER_FRAME);
		for (int i = 0; i < parts; i++) {
			List<SessionOp> part = ops.subList(i * OPS_PER_FRAME, Math.min(ops.size(), (i + 1) * OPS_PER_FRAME));
			this.pubSub.broadcastTo(node, TOPIC,
					new SessionFrame.State(this.incarnation, this.sequence, i, i == parts - 1, part).encode());
		}
	}

	/**
	 * What is heard of another node is known first and told then.
	 */
	private final class Known implements SessionListener {

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
