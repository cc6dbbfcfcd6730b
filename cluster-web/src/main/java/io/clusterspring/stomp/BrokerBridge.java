package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.simp.user.UserDestinationResult;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.PathMatcher;

import io.clusterspring.Node;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Makes Spring's simple broker cluster-wide. It subscribes to the same channels as the
 * broker, and sends the messages that the broker delivers to the other nodes. Messages
 * from other nodes are passed directly to the broker and not to a channel, so that they
 * are not sent back and do not reach the application's handlers.
 *
 * <p>
 * Interceptors of the channels run before the bridge, as they run before the broker. The
 * bridge sends on the thread of the channel, so that messages of one session arrive in
 * order. It delivers in its own mailbox, so that a blocking interceptor of the broker
 * delays nothing else.
 */
public final class BrokerBridge implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(BrokerBridge.class);

	private final SimpleBrokerMessageHandler broker;

	private final UserDestinationResolver resolver;

	private final ClusterUsers users;

	private final ClusterWire wire;

	private final Mailbox mailbox;

	private final BridgeObserver observer;

	private final TaskScheduler scheduler;

	private final BridgeRules rules;

	private final StompRouting routing;

	private final MessageHandler fromClients = this::sendOfClient;

	private final MessageHandler fromApplication = (message) -> send(BridgeRules.Source.APPLICATION, message);

	private final PayloadGate clientGate;

	private final PayloadGate applicationGate;

	private final LongAdder sent = new LongAdder();

	private final LongAdder received = new LongAdder();

	private final CountedWarning failed = new CountedWarning(logger);

	private final KeptBroker kept;

	private final DestinationHistory history;

	private volatile @Nullable WireLine line;

	/**
	 * Create a bridge.
	 * @param broker the broker of this node
	 * @param resolver finds the sessions of a user on this node
	 * @param localDestinations patterns of destinations that stay on their node; user
	 * destinations in the form that clients subscribe to
	 * @param users the users of all nodes
	 * @param mailbox delivers messages of other nodes to the broker; its interceptors may
	 * block, so the mailbox must run on separate threads
	 * @param observer wraps the sending and the delivery of messages
	 * @param scheduler the scheduler of the broker, which must run until all sessions are
	 * closed
	 * @param routing knows which nodes need a message
	 * @param history keeps messages of destinations with history
	 */
	public BrokerBridge(SimpleBrokerMessageHandler broker, UserDestinationResolver resolver, String userPrefix,
			List<String> localDestinations, ClusterUsers users, ClusterWire wire, Mailbox mailbox,
			BridgeObserver observer, TaskScheduler scheduler, StompRouting routing, DestinationHistory history) {
		this.broker = broker;
		this.resolver = resolver;
		this.users = users;
		this.wire = wire;
		this.mailbox = mailbox;
		this.observer = observer;
		this.scheduler = scheduler;
		this.routing = routing;
		routing.watch(broker);
		PathMatcher matcher = (broker.getSubscriptionRegistry() instanceof DefaultSubscriptionRegistry registry)
				? registry.getPathMatcher() : new AntPathMatcher();
		this.rules = new BridgeRules(broker.getDestinationPrefixes(), userPrefix, localDestinations, matcher,
				users.locations());
		this.history = history;
		history.patterns().forEach(routing::keep);
		this.kept = new KeptBroker(broker, matcher, this.rules::isShared, new ReceivedMessages(), history);
		this.clientGate = new PayloadGate(BridgeRules.Source.CLIENT, this.rules, wire.payloadLimit());
		this.applicationGate = new PayloadGate(BridgeRules.Source.APPLICATION, this.rules, wire.payloadLimit());
	}

	/**
	 * Return the number of messages that were sent to other nodes.
	 * @return the number since the start, each counted once
	 */
	public long sent() {
		return this.sent.sum();
	}

	/**
	 * Return the number of messages that were received from other nodes.
	 * @return the number since the start
	 */
	public long received() {
		return this.received.sum();
	}

	private void sendOfClient(Message<?> message) {
		this.routing.verify();
		send(BridgeRules.Source.CLIENT, message);
	}

	private void send(BridgeRules.Source source, Message<?> message) {
		BridgeRules.Receivers receivers = this.rules.decide(source, message);
		WireLine open = this.line;
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		if (receivers != null && open != null && destination != null) {
			this.observer.sending(destination,
					(attached) -> send(open, receivers, BridgedMessage.of(message, receivers.sessionId(), attached)));
		}
	}

	private void send(WireLine line, BridgeRules.Receivers receivers, BridgedMessage message) {
		if (this.kept.isKept(message.destination())) {
			this.sent.increment();
			this.history.publish(message);
		}
		else if (receivers == BridgeRules.Receivers.ALL) {
			sendToAudience(line, message.destination(), message.encode());
		}
		else {
			send(line, receivers.nodes(), message.encode());
		}
	}

	private void sendToAudience(WireLine line, String destination, byte[] frame) {
		Predicate<Node> subscribed = this.routing.of(destination);
		if (subscribed == null) {
			send(line, null, frame);
		}
		else if (line.send(frame, subscribed)) {
			this.sent.increment();
		}
	}

	private void send(WireLine line, @Nullable Set<Node> nodes, byte[] frame) {
		this.sent.increment();
		if (nodes == null) {
			line.send(frame);
		}
		else {
			nodes.forEach((node) -> line.sendTo(node, frame));
		}
	}

	private void received(Node sender, ByteBuffer body) {
		BridgedMessage message = BridgedMessage.decode(body);
		try {
			received(message, () -> deliver(message));
		}
		catch (RuntimeException ex) {
			this.failed.add((count) -> "The broker failed to deliver a STOMP message from " + sender + " (" + count
					+ " so far)", ex);
		}
	}

	private void received(BridgedMessage message, Runnable deliver) {
		this.received.increment();
		this.observer.delivering(message.destination(), message.attached(), deliver);
	}

	private void deliver(BridgedMessage message) {
		if (!this.rules.isForUser(message.destination())) {
			this.history.unnumbered(message.destination());
			this.broker.handleMessage(this.kept.live(message.toMessage()));
			return;
		}
		UserDestinationResult result = this.resolver.resolveDestination(message.toMessage());
		if (result != null) {
			result.getTargetDestinations()
				.forEach((target) -> this.broker
					.handleMessage(message.toMessage(target, result.getSubscribeDestination())));
		}
	}

	/**
	 * Return a condition that becomes true when the messages that were received from
	 * other nodes until now are delivered to the broker.
	 * @return the condition; later messages do not delay it
	 */
	BooleanSupplier caughtUp() {
		WireLine open = this.line;
		BooleanSupplier history = this.history.caughtUp();
		BooleanSupplier received = (open != null) ? open.caughtUp() : () -> true;
		return () -> received.getAsBoolean() && history.getAsBoolean();
	}

	/**
	 * Return a prefix for the destinations of markers. The broker delivers to it, and
	 * patterns of clients are unlikely to match it.
	 */
	String markPrefix() {
		return this.broker.getDestinationPrefixes().stream().findFirst().orElse("/");
	}

	void subscribe(String sessionId, String id, String destination) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.SUBSCRIBE);
		headers.setSessionId(sessionId);
		headers.setSubscriptionId(id);
		headers.setDestination(destination);
		headers.setHeader(WatchedSubscriptionRegistry.UNANNOUNCED, true);
		this.broker.getSubscriptionRegistry()
			.registerSubscription(MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders()));
	}

	void deliver(Message<byte[]> message) {
		this.broker.handleMessage(this.kept.live(message));
	}

	@Override
	public void start() {
		if (this.scheduler instanceof ExecutorConfigurationSupport pool) {
			// open sessions still need heartbeats, and SockJS needs a scheduler
			pool.setAcceptTasksAfterContextClose(true);
		}
		this.users.open();
		this.routing.open();
		this.line = this.wire.open(FrameKind.STOMP_MESSAGE, this.mailbox, this::received);
		this.kept.start();
		this.clientGate.install(this.broker.getClientInboundChannel());
		this.applicationGate.install(this.broker.getBrokerChannel());
		this.broker.getClientInboundChannel().subscribe(this.fromClients);
		this.broker.getBrokerChannel().subscribe(this.fromApplication);
	}

	@Override
	public void stop() {
		WireLine open = this.line;
		if (open != null) {
			this.broker.getClientInboundChannel().unsubscribe(this.fromClients);
			this.broker.getBrokerChannel().unsubscribe(this.fromApplication);
			this.kept.stop();
			this.clientGate.remove(this.broker.getClientInboundChannel());
			this.applicationGate.remove(this.broker.getBrokerChannel());
			this.line = null;
			open.close();
			this.users.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.line != null;
	}

	@Override
	public int getPhase() {
		return this.broker.getPhase();
	}

	/** Takes messages of other nodes with history. */
	private final class ReceivedMessages implements KeptBroker.Received {

		@Override
		public void accept(BridgedMessage message, Runnable deliver) {
			received(message, deliver);
		}

		@Override
		public void unkept(Node sender, ByteBuffer body) {
			received(sender, body);
		}

	}

}
