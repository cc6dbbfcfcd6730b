package io.clusterspring.stomp;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

import io.clusterspring.Node;
import io.clusterspring.drain.Drainable;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StompSessions} with Spring's broker, channels and handler. The channel
 * to clients has two threads; a test may hold one of them between the taking of a message
 * and the sending.
 */
class StompDrainTests {

	private final LocalNetwork network = new LocalNetwork("stomp-drain");

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final ExecutorSubscribableChannel fromClients = new ExecutorSubscribableChannel();

	private final ExecutorSubscribableChannel fromApplication = new ExecutorSubscribableChannel();

	private final ExecutorSubscribableChannel toClients = new ExecutorSubscribableChannel(new Refusing());

	private final SubProtocolWebSocketHandler sender = new SubProtocolWebSocketHandler(this.fromClients,
			this.toClients);

	private final SimpleBrokerMessageHandler broker = new SimpleBrokerMessageHandler(this.fromClients, this.toClients,
			this.fromApplication, List.of("/topic"));

	private final Hold hold = new Hold();

	private final StompSessions sessions = new StompSessions(this::bridge, Runnable::run,
			new Revocations(new ClusterWire(this.network.transport(Node.of("n2@127.0.0.1")), Runnable::run, 100)));

	private final WebSocketHandler handler = this.sessions.decorate(this.sender);

	private volatile boolean rejecting;

	private @Nullable BrokerBridge bridge;

	@AfterEach
	void close() {
		this.hold.release.countDown();
		this.threads.shutdownNow();
		this.network.close();
	}

	private BrokerBridge bridge() {
		if (this.bridge == null) {
			ClusterWire wire = new ClusterWire(this.network.transport(Node.of("n1@127.0.0.1")), this.threads, 1000);
			ClusterUsers users = new ClusterUsers(wire, this.threads, 1000, (event) -> {
			});
			this.bridge = new BrokerBridge(this.broker,
					new DefaultUserDestinationResolver(users.over(new DefaultSimpUserRegistry())), "/user/", List.of(),
					users, wire, new Mailbox(this.threads, 1000), BridgeObserver.NONE, new ThreadPoolTaskScheduler(),
					new StompRouting(null, (id) -> false),
					new DestinationHistory(wire, List.of(), new Mailbox(this.threads, 1000), 1000, this.sessions));
		}
		return this.bridge;
	}

	private void start(boolean ordered) {
		this.toClients.addInterceptor(this.sessions.interceptor());
		this.toClients.addInterceptor(this.hold);
		this.broker.setPreservePublishOrder(ordered);
		this.sender.addProtocolHandler(new StompSubProtocolHandler());
		this.broker.start();
		this.sender.start();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionGetsWhatAThreadHasTakenBeforeItIsClosed(boolean ordered) throws Exception {
		start(ordered);
		RecordedSession session = subscribe("s1", "/topic/a");
		publish("held");
		publish("behind");
		this.hold.awaitTaken();
		drain();
		awaitOtherThread();
		assertThat(session.closed).isNull();
		publish("after the marker");
		this.hold.release.countDown();
		await().until(() -> session.closed != null);
		assertThat(session.bodies()).last().isEqualTo("closed 1012");
		assertThat(session.bodies()).containsExactlyInAnyOrder("held", "behind", "closed 1012");
	}

	@Test
	void heldSessionDelaysNoOtherOne() throws Exception {
		start(false);
		RecordedSession held = subscribe("s1", "/topic/a");
		RecordedSession other = subscribe("s2", "/topic/b");
		publish("held");
		this.hold.awaitTaken();
		drain();
		await().until(() -> other.closed != null);
		assertThat(other.bodies()).containsExactly("closed 1012");
		assertThat(held.closed).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void refusedMessagesAreNotWaitedFor(boolean ordered) throws Exception {
		start(ordered);
		RecordedSession session = subscribe("s1", "/topic/a");
		publish("refused");
		publish("failed");
		if (!ordered) {
			// with order Spring itself sends such a session nothing any more
			publish("skipped");
		}
		awaitBothThreads();
		this.rejecting = true;
		publish("sent by the caller");
		this.rejecting = false;
		publish("last");
		await().until(() -> session.bodies().contains("last"));
		drain();
		await().until(() -> session.closed != null);
		assertThat(session.bodies()).containsExactly("sent by the caller", "last", "closed 1012");
	}

	@Test
	void messageCountsOnceWhenTheChannelHasMoreSubscribers() throws Exception {
		this.toClients.subscribe((message) -> {
		});
		start(false);
		RecordedSession session = subscribe("s1", "/topic/a");
		publish("held");
		this.hold.awaitTaken();
		drain();
		awaitOtherThread();
		assertThat(session.closed).isNull();
		this.hold.release.countDown();
		await().until(() -> session.closed != null);
		assertThat(session.bodies()).containsExactly("held", "closed 1012");
	}

	@Test
	void clientOfAPatternIsClosedAtItsOwnMarkerOnly() throws Exception {
		start(false);
		RecordedSession first = subscribe("s1", "/topic/**");
		RecordedSession second = subscribe("s2", "/topic/b");
		drain("s2");
		await().until(() -> second.closed != null);
		assertThat(second.bodies()).containsExactly("closed 1012");
		publish("still here");
		await().until(() -> first.bodies().contains("still here"));
		drain("s1");
		await().until(() -> first.closed != null);
		assertThat(first.bodies()).as("no marker").containsExactly("still here", "closed 1012");
	}

	@Test
	void sessionThatTheBrokerDoesNotKnowIsClosedAtOnce() throws Exception {
		start(false);
		RecordedSession session = new RecordedSession("s1");
		this.handler.afterConnectionEstablished(session);
		drain();
		assertThat(session.frames).containsExactly("closed 1012");
	}

	private RecordedSession subscribe(String id, String destination) throws Exception {
		RecordedSession session = new RecordedSession(id);
		this.handler.afterConnectionEstablished(session);
		hear(session, "CONNECT\naccept-version:1.2\nhost:x\n\n\0");
		await().until(() -> !session.frames.isEmpty());
		hear(session, "SUBSCRIBE\nid:0\ndestination:" + destination + "\n\n\0");
		return session;
	}

	private void hear(RecordedSession session, String frame) throws Exception {
		this.handler.handleMessage(session, new TextMessage(frame));
	}

	private void publish(String body) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination("/topic/a");
		this.fromApplication.send(MessageBuilder.createMessage(body.getBytes(), headers.getMessageHeaders()));
	}

	private void drain(String... ids) {
		this.sessions.setAccepting(false);
		Iterator<? extends Drainable.Connection> all = this.sessions.connections();
		while (all.hasNext()) {
			DrainableSession next = (DrainableSession) all.next();
			if (ids.length == 0 || Set.of(ids).contains(next.id())) {
				next.drain();
			}
		}
	}

	// the threads take messages in order, so the free one has done with all of them
	private void awaitOtherThread() throws Exception {
		Future<?> last = this.threads.submit(() -> {
		});
		last.get(10, TimeUnit.SECONDS);
	}

	private void awaitBothThreads() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(2);
		Callable<Integer> meet = barrier::await;
		for (Future<?> end : List.of(this.threads.submit(meet), this.threads.submit(meet))) {
			end.get(10, TimeUnit.SECONDS);
		}
	}

	/**
	 * Holds the thread that has taken a message, and refuses others.
	 */
	private static final class Hold implements ExecutorChannelInterceptor {

		private final CountDownLatch taken = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		void awaitTaken() throws InterruptedException {
			assertThat(this.taken.await(10, TimeUnit.SECONDS)).isTrue();
		}

		@Override
		public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
			if (is(message, "failed")) {
				throw new IllegalStateException("as it should");
			}
			return is(message, "refused") ? null : message;
		}

		@Override
		public @Nullable Message<?> beforeHandle(Message<?> message, MessageChannel channel, MessageHandler handler) {
			if (is(message, "held") && handler instanceof SubProtocolWebSocketHandler) {
				this.taken.countDown();
				try {
					this.release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return is(message, "skipped") ? null : message;
		}

		private static boolean is(Message<?> message, String body) {
			return message.getPayload() instanceof byte[] bytes && new String(bytes).equals(body);
		}

	}

	/**
	 * Refuses to take tasks on demand.
	 */
	private final class Refusing implements Executor {

		@Override
		public void execute(Runnable task) {
			if (StompDrainTests.this.rejecting) {
				throw new RejectedExecutionException("full");
			}
			StompDrainTests.this.threads.execute(task);
		}

	}

}
