package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;
import org.springframework.web.socket.messaging.SessionUnsubscribeEvent;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClusterUsers} and {@link ClusterUserRegistry} on an in-memory network.
 */
class ClusterUsersTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("users");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final Map<Node, Peer> peers = new LinkedHashMap<>();

	private int capacity = 10_000;

	@Test
	void everyNodeKnowsTheUsersOfAll() {
		Peer first = start(N1);
		Peer second = start(N2);
		first.connect("s1", "jane");
		second.connect("s2", "jane");
		second.connect("s3", "john");
		second.subscribe("s3", "sub", "/topic/a");
		for (Peer peer : List.of(first, second)) {
			peer.await("jane: s1 s2", "john: s3");
			assertThat(peer.registry.getUserCount()).isEqualTo(2);
			Awaitility.await().until(() -> peer.registry.findSubscriptions((subscription) -> true).size() == 1);
			assertThat(peer.registry.findSubscriptions((subscription) -> true)).singleElement()
				.satisfies((subscription) -> assertThat(subscription.getSession().getId()).isEqualTo("s3"));
		}
		second.unsubscribe("s3", "sub");
		second.disconnect("s2");
		first.await("jane: s1", "john: s3");
		Awaitility.await().until(() -> first.registry.findSubscriptions((subscription) -> true).isEmpty());
	}

	@Test
	void userIsTheSameFromAllSources() {
		Peer first = start(N1);
		Peer second = start(N2);
		first.connect("s1", "jane");
		second.connect("s2", "jane");
		first.await("jane: s1 s2");
		SimpUser user = first.registry.getUser("jane");
		assertThat(user).isNotNull();
		assertThat(user.getPrincipal()).isNotNull();
		assertThat(user.getSession("s1")).isNotNull();
		SimpSession remote = user.getSession("s2");
		assertThat(remote).isNotNull();
		assertThat(remote.getUser()).isEqualTo(user);
		assertThat(remote.getUser().getSessions()).hasSize(2);
		assertThat(user.getSession("s9")).isNull();
		second.disconnect("s2");
		Awaitility.await().until(() -> user.getSessions().size() == 1);
	}

	@Test
	void newNodeGetsAllUsers() {
		Peer first = start(N1);
		for (int i = 0; i < 2500; i++) {
			first.connect("s" + i, "user" + i);
		}
		Peer second = start(N2);
		Awaitility.await().until(() -> second.registry.getUserCount() == 2500);
	}

	@Test
	void usersOfADeadNodeAreRemovedAtOnceAndLateMessagesDoNotRestoreThem() {
		Peer first = start(N1);
		Peer second = start(N2);
		second.connect("s2", "jane");
		first.await("jane: s2");
		this.network.kill(N2);
		first.await();
		first.wire.frameReceived(N2, first.lastFrame);
		first.connect("s1", "john");
		first.await("john: s1");
		assertThat(first.events).containsExactly(new UserSessionConnected(N2, "jane", "s2"),
				new UserSessionDisconnected(N2, "jane", "s2"), new UserSessionConnected(N1, "john", "s1"));
	}

	@Test
	void afterAPartitionBothSidesKnowAllAgain() {
		Peer first = start(N1);
		Peer second = start(N2);
		first.connect("s1", "jane");
		second.connect("s2", "john");
		second.await("jane: s1", "john: s2");
		this.network.partition(Set.of(N1), Set.of(N2));
		first.await("jane: s1");
		second.await("john: s2");
		first.disconnect("s1");
		first.connect("s3", "joan");
		this.network.heal();
		first.await("joan: s3", "john: s2");
		second.await("joan: s3", "john: s2");
	}

	@Test
	void aLostLastChangeIsRepairedByTheDigest() {
		Peer first = start(N1);
		Peer second = start(N2);
		first.connect("s1", "jane");
		second.await("jane: s1");
		first.deaf = true;
		second.connect("s2", "john");
		second.await("jane: s1", "john: s2");
		Awaitility.await().until(() -> first.swallowed > 0);
		first.deaf = false;
		first.await("jane: s1");
		second.users.tick();
		first.await("jane: s1", "john: s2");
	}

	@Test
	void aGapIsRepairedByTheNextChange() {
		Peer first = start(N1);
		Peer second = start(N2);
		first.connect("s1", "jane");
		second.await("jane: s1");
		first.deaf = true;
		second.connect("s2", "john");
		Awaitility.await().until(() -> first.swallowed > 0);
		first.deaf = false;
		second.connect("s3", "joan");
		first.await("jane: s1", "joan: s3", "john: s2");
	}

	@Test
	void ifTooManyChangesWaitTheyAreDroppedAndTheStateIsRequested() throws Exception {
		this.capacity = 10;
		Peer first = start(N1);
		Peer second = start(N2);
		second.connect("s1", "jane");
		first.await("jane: s1");
		CountDownLatch held = new CountDownLatch(1);
		second.sending = held;
		for (int i = 0; i < 100; i++) {
			second.connect("x" + i, "user" + i);
			second.disconnect("x" + i);
		}
		second.connect("s2", "john");
		held.countDown();
		first.await("jane: s1", "john: s2");
		assertThat(second.users.droppedChanges()).isGreaterThan(100);
	}

	@Test
	void longDestinationsDoNotStopTheReplication() {
		Peer first = start(N1);
		first.connect("s1", "jane");
		for (int i = 0; i < 400; i++) {
			first.subscribe("s1", "sub" + i, "/topic/" + "x".repeat(60_000));
		}
		Peer second = start(N2);
		second.await("jane: s1");
		Awaitility.await().until(() -> second.registry.findSubscriptions((subscription) -> true).size() == 400);
		first.subscribe("s1", "longest", "/topic/" + "x".repeat(20_000_000));
		first.connect("s2", "john");
		second.await("jane: s1", "john: s2");
		start(N3).await("jane: s1", "john: s2");
	}

	@Test
	void malformedNamesDoNotStopTheReplicationToANewNode() {
		Peer first = start(N1);
		first.connect("s1", "\ud83d");
		first.connect("s2", "jane");
		first.subscribe("s2", "sub", "/topic/\ud83d");
		start(N2).await("jane: s2");
	}

	@Test
	void anonymousSessionsOfADeadNodeAreToldToTheOthers() {
		Peer first = start(N1);
		Peer second = start(N2);
		second.connect("s2", null);
		Awaitility.await().until(() -> first.events.size() == 1);
		Peer third = start(N3);
		Awaitility.await().until(() -> third.events.size() == 1);
		this.network.kill(N2);
		Awaitility.await().until(() -> first.events.size() == 2 && third.events.size() == 2);
		assertThat(third.events).isEqualTo(first.events)
			.containsExactly(new AnonymousSessionConnected(N2, "s2"), new AnonymousSessionDisconnected(N2, "s2"));
	}

	@Test
	void anonymousSessionsHaveNoUserAndNoLocationElsewhere() {
		Peer first = start(N1);
		Peer second = start(N2);
		second.connect("s2", null);
		second.connect("s3", "jane");
		first.await("jane: s3");
		assertThat(second.users.locations().isLocal("s2")).isTrue();
		assertThat(first.users.locations().isLocal("s2")).isFalse();
		second.disconnect("s2");
		assertThat(second.users.locations().isLocal("s2")).isFalse();
	}

	@Test
	void locationsAreTheNodesOfTheUser() {
		Peer first = start(N1);
		start(N2).connect("s2", "jane");
		start(N3).connect("s3", "jane");
		first.connect("s1", "jane");
		first.await("jane: s1 s2 s3");
		UserLocations locations = first.users.locations();
		assertThat(locations.nodesOf("jane")).containsExactlyInAnyOrder(N2, N3);
		assertThat(locations.nodeOf("jane", "s3")).isEqualTo(N3);
		assertThat(locations.nodeOf("jane", "s1")).isNull();
		assertThat(locations.isLocal("jane", "s1")).isTrue();
		assertThat(locations.isLocal("john", "s1")).isFalse();
	}

	private Peer start(Node node) {
		Peer peer = new Peer(node);
		this.peers.put(node, peer);
		peer.transport.connect(peer);
		this.peers.values().forEach((each) -> Awaitility.await().until(() -> each.size == this.peers.size()));
		peer.users.open();
		return peer;
	}

	/**
	 * One node. While it is deaf, it drops messages of the others.
	 */
	private final class Peer implements TransportListener {

		private final Map<String, Principal> principals = new HashMap<>();

		private final List<Object> events = new CopyOnWriteArrayList<>();

		private final ClusterTransport transport;

		private final ClusterWire wire;

		private final ClusterUsers users;

		private final SimpUserRegistry registry;

		private volatile int size;

		private volatile CountDownLatch sending = new CountDownLatch(0);

		private volatile boolean deaf;

		private volatile int swallowed;

		private volatile ByteBuffer lastFrame = ByteBuffer.allocate(0);

		Peer(Node node) {
			this.transport = ClusterUsersTests.this.network.transport(node);
			this.wire = new ClusterWire(this.transport, (task) -> ClusterUsersTests.this.executor.execute(() -> {
				awaitLatch();
				task.run();
			}), 10_000);
			this.users = new ClusterUsers(this.wire, ClusterUsersTests.this.executor, ClusterUsersTests.this.capacity,
					this.events::add);
			this.registry = this.users.over(new DefaultSimpUserRegistry());
		}

		@Override
		public void viewChanged(ClusterView view) {
			this.users.viewChanged(view);
			this.size = view.nodes().size();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			if (this.deaf) {
				this.swallowed++;
				return;
			}
			this.lastFrame = frame.duplicate();
			this.wire.frameReceived(sender, frame);
		}

		private void awaitLatch() {
			try {
				this.sending.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		void connect(String sessionId, @Nullable String user) {
			if (user != null) {
				this.principals.put(sessionId, () -> user);
			}
			Message<byte[]> message = message(SimpMessageType.CONNECT, sessionId, null, null);
			hear(new SessionConnectEvent(this, message, this.principals.get(sessionId)));
			hear(new SessionConnectedEvent(this, message, this.principals.get(sessionId)));
		}

		void disconnect(String sessionId) {
			hear(new SessionDisconnectEvent(this, message(SimpMessageType.DISCONNECT, sessionId, null, null), sessionId,
					CloseStatus.NORMAL, this.principals.get(sessionId)));
		}

		void subscribe(String sessionId, String id, String destination) {
			hear(new SessionSubscribeEvent(this, message(SimpMessageType.SUBSCRIBE, sessionId, id, destination),
					this.principals.get(sessionId)));
		}

		void unsubscribe(String sessionId, String id) {
			hear(new SessionUnsubscribeEvent(this, message(SimpMessageType.UNSUBSCRIBE, sessionId, id, null),
					this.principals.get(sessionId)));
		}

		private void hear(ApplicationEvent event) {
			((SmartApplicationListener) this.registry).onApplicationEvent(event);
		}

		private Message<byte[]> message(SimpMessageType type, String sessionId, @Nullable String id,
				@Nullable String destination) {
			SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(type);
			accessor.setSessionId(sessionId);
			accessor.setSubscriptionId(id);
			accessor.setDestination(destination);
			return MessageBuilder.createMessage(new byte[0], accessor.getMessageHeaders());
		}

		void await(String... expected) {
			Awaitility.await().untilAsserted(() -> assertThat(known()).containsExactlyInAnyOrder(expected));
		}

		private List<String> known() {
			List<String> known = new ArrayList<>();
			for (SimpUser user : this.registry.getUsers()) {
				known.add(user.getName() + ": "
						+ user.getSessions()
							.stream()
							.map(SimpSession::getId)
							.sorted()
							.collect(Collectors.joining(" ")));
			}
			return known;
		}

	}

}
