package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.ImmutableMessageChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.interest.InterestSettings;
import io.clusterspring.interest.Interests;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A node with Spring's broker, channels and handler, and with routing. Clients have no
 * connections.
 */
final class RoutedNode implements TransportListener, AutoCloseable {

	/** Whether a node takes part in routing. */
	enum Kind {

		/** It does. */
		ROUTES,

		/** It routes topics, and knows nothing of destinations. */
		ROUTES_TOPICS,

		/** It does not. */
		ROUTES_NOTHING

	}

	final ExecutorService threads = Executors.newFixedThreadPool(2);

	final ExecutorSubscribableChannel fromClients = new ExecutorSubscribableChannel();

	final Interests interests;

	final SimpleBrokerMessageHandler broker;

	final BrokerBridge bridge;

	private final ClusterTransport transport;

	private final ClusterWire wire;

	private final ClusterUsers users;

	private final ExecutorSubscribableChannel fromApplication = new ExecutorSubscribableChannel();

	private final SubProtocolWebSocketHandler sender;

	private final StompSessions sessions;

	private final WebSocketHandler handler;

	volatile boolean deaf;

	private volatile int size;

	private int ids;

	RoutedNode(ClusterTransport transport, Kind kind) {
		this(transport, kind, null);
	}

	/**
	 * Create a node, and connect it.
	 * @param registry the registry of the application, or {@code null}
	 */
	RoutedNode(ClusterTransport transport, Kind kind, SubscriptionRegistry registry) {
		this.transport = transport;
		this.wire = new ClusterWire(transport, this.threads, 100_000);
		this.interests = (kind != Kind.ROUTES_NOTHING)
				? new Interests(this.wire, new InterestSettings(1000, Duration.ZERO)) : null;
		this.users = new ClusterUsers(this.wire, this.threads, 1000, (event) -> {
		});
		ExecutorSubscribableChannel toClients = new ExecutorSubscribableChannel();
		this.sender = new SubProtocolWebSocketHandler(this.fromClients, toClients);
		this.broker = new SimpleBrokerMessageHandler(this.fromClients, toClients, this.fromApplication,
				List.of("/topic", "/queue"));
		if (registry != null) {
			this.broker.setSubscriptionRegistry(registry);
		}
		this.sessions = new StompSessions(() -> bridge(), Runnable::run, new Revocations(this.wire));
		StompRouting routing = new StompRouting((kind == Kind.ROUTES) ? this.interests : null, this.sessions::isClosed);
		this.bridge = new BrokerBridge(this.broker,
				new DefaultUserDestinationResolver(this.users.over(new DefaultSimpUserRegistry())), "/user/", List.of(),
				this.users, this.wire, new Mailbox(this.threads, 100_000), BridgeObserver.NONE,
				new ThreadPoolTaskScheduler(), routing,
				new DestinationHistory(this.wire, List.of(), new Mailbox(this.threads, 100_000), 1000, this.sessions));
		this.handler = this.sessions.decorate(this.sender);
		StompSubProtocolHandler protocol = new StompSubProtocolHandler();
		protocol.setApplicationEventPublisher((event) -> {
			if (event instanceof SessionDisconnectEvent ended) {
				routing.onApplicationEvent(ended);
			}
		});
		this.sender.addProtocolHandler(protocol);
		this.fromClients.addInterceptor(new ImmutableMessageChannelInterceptor());
		ReceiptInterceptor.install(this.fromClients, toClients, routing, this.threads);
		transport.connect(this);
		this.broker.start();
		this.sender.start();
		this.bridge.start();
	}

	private BrokerBridge bridge() {
		return this.bridge;
	}

	void awaitNodes(int count) {
		await().until(() -> this.size == count);
	}

	RecordedSession connect() throws Exception {
		RecordedSession session = new RecordedSession("session-" + this.transport.self().name() + "-" + ++this.ids);
		this.handler.afterConnectionEstablished(session);
		hear(session, "CONNECT\naccept-version:1.2\nhost:x\n\n\0");
		await().until(() -> !session.frames.isEmpty());
		return session;
	}

	void hear(RecordedSession session, String frame) throws Exception {
		this.handler.handleMessage(session, new TextMessage(frame));
	}

	/** Subscribe, and wait for the receipt. */
	void subscribe(RecordedSession session, String id, String destination) throws Exception {
		subscribeAtOnce(session, id, destination);
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(20))
			.until(() -> hasReceipt(session, id));
	}

	void subscribeAtOnce(RecordedSession session, String id, String destination) throws Exception {
		hear(session, "SUBSCRIBE\nid:" + id + "\nreceipt:r" + id + "\ndestination:" + destination + "\n\n\0");
	}

	boolean hasReceipt(RecordedSession session, String id) {
		return session.frames.stream()
			.anyMatch((frame) -> frame.startsWith("RECEIPT") && frame.contains("receipt-id:r" + id + "\n"));
	}

	void unsubscribe(RecordedSession session, String id) throws Exception {
		hear(session, "UNSUBSCRIBE\nid:" + id + "\n\n\0");
	}

	void close(RecordedSession session) throws Exception {
		this.handler.afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME);
	}

	void publish(String destination, String body) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination(destination);
		this.fromApplication.send(MessageBuilder.createMessage(body.getBytes(), headers.getMessageHeaders()));
	}

	/** Wait until this node sends no frame for a destination that nobody hears. */
	void awaitRouting(String destination, int others) {
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			long before = this.interests.statistics().savedFrames();
			publish(destination, "for nobody");
			return this.interests.statistics().savedFrames() - before == others;
		});
	}

	/** The names that are announced, but for the one that says that there are such. */
	int announced() {
		return this.interests.statistics().ownTopics();
	}

	void awaitAnnounced(int count) {
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(announced()).isEqualTo(count));
	}

	long frames() {
		return this.wire.statistics(FrameKind.STOMP_MESSAGE).receivedFrames();
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.wire.viewChanged(view);
		if (this.interests != null) {
			this.interests.viewChanged(view);
		}
		this.users.viewChanged(view);
		this.size = view.nodes().size();
	}

	@Override
	public void frameReceived(Node from, ByteBuffer frame) {
		if (!this.deaf) {
			this.wire.frameReceived(from, frame);
		}
	}

	@Override
	public void close() {
		if (this.interests != null) {
			this.interests.close();
		}
		this.bridge.stop();
		this.transport.disconnect();
		this.threads.shutdownNow();
	}

}
