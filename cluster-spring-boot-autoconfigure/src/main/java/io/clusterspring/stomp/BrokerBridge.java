package io.clusterspring.stomp;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

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
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Makes Spring's simple broker cluster-wide: one more subscriber of the channels the
 * broker takes its messages from, it sends to the other nodes what the broker delivers on
 * this one. What comes from there it gives to the broker itself and to no channel, so
 * that it can neither come back nor reach the application's own handlers.
 *
 * <p>
 * Interceptors of the channels are before it, as they are before the broker. It sends on
 * the thread of the channel and delivers on a mailbox of its own: what one session sends
 * in order arrives in order.
 */
public final class BrokerBridge implements SmartLifecycle {

	static final String TOPIC = "_stomp:messages";

	private final SimpleBrokerMessageHandler broker;

	private final UserDestinationResolver resolver;

	private final ClusterUsers users;

	private final PubSub pubSub;

	private final TaskScheduler scheduler;

	private final BridgeRules rules;

	private final MessageHandler fromClients = (message) -> cross(BridgeRules.Source.CLIENT, message);

	private final MessageHandler fromApplication = (message) -> cross(BridgeRules.Source.APPLICATION, message);

	private final LongAdder sent = new LongAdder();

	private final LongAdder received = new LongAdder();

	private volatile long handled;

	private volatile @Nullable Subscription subscription;

	/**
	 * Create a bridge.
	 * @param broker the broker of this node
	 * @param resolver finds the sessions of a user on this node
	 * @param userPrefix prefix of destinations of users
	 * @param localDestinations patterns of destinations that stay on their node; those of
	 * users as clients subscribe to them
	 * @param users the users of all nodes
	 * @param pubSub carries the messages
	 * @param scheduler the scheduler of the broker, which goes on until sessions are
	 * closed
	 */
	public BrokerBridge(SimpleBrokerMessageHandler broker, UserDestinationResolver resolver, String userPrefix,
			List<String> localDestinations, ClusterUsers users, PubSub pubSub, TaskScheduler scheduler) {
		this.broker = broker;
		this.resolver = resolver;
		this.users = users;
		this.pubSub = pubSub;
		this.scheduler = scheduler;
		PathMatcher matcher = (broker.getSubscriptionRegistry() instanceof DefaultSubscriptionRegistry registry)
				? registry.getPathMatcher() : new AntPathMatcher();
		this.rules = new BridgeRules(broker.getDestinationPrefixes(), userPrefix, localDestinations, matcher,
				users.locations());
	}

	/**
	 * Return how many messages were sent to other nodes.
	 * @return the number since the start, each counted once
	 */
	public long sent() {
		return this.sent.sum();
	}

	/**
	 * Return how many messages came from other nodes.
	 * @return the number since the start
	 */
	public long received() {
		return this.received.sum();
	}

	private void cross(BridgeRules.Source source, Message<?> message) {
		Crossing crossing = this.rules.decide(source, message);
		Subscription own = this.subscription;
		if (crossing == null || own == null) {
			return;
		}
		byte[] bytes = BridgedMessage.of(message, crossing.sessionId()).encode();
		this.sent.increment();
		Set<Node> nodes = crossing.nodes();
		if (nodes == null) {
			this.pubSub.broadcastFrom(own, TOPIC, bytes);
		}
		else {
			nodes.forEach((node) -> this.pubSub.broadcastTo(node, TOPIC, bytes));
		}
	}

	private void hear(TopicMessage received) {
		try {
			deliver(received);
		}
		finally {
			this.handled = this.handled + 1; // by one thread at a time
		}
	}

	private void deliver(TopicMessage received) {
		BridgedMessage message = BridgedMessage.decode(received.bytes());
		this.received.increment();
		if (!this.rules.isForUser(message.destination())) {
			this.broker.handleMessage(message.toMessage());
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
	 * Return something that tells when what has come from other nodes is with the broker.
	 * @return a condition that becomes true, whatever comes later
	 */
	BooleanSupplier caughtUp() {
		Subscription present = this.subscription;
		if (present == null) {
			return () -> true;
		}
		long target = present.waiting() + this.handled;
		return () -> this.handled >= target || present.waiting() == 0;
	}

	/**
	 * Return how a destination may begin that the broker delivers to and no pattern of a
	 * client is likely to match.
	 * @return the beginning of a destination
	 */
	String markPrefix() {
		return this.broker.getDestinationPrefixes().stream().findFirst().orElse("/");
	}

	void subscribe(String sessionId, String id, String destination) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.SUBSCRIBE);
		headers.setSessionId(sessionId);
		headers.setSubscriptionId(id);
		headers.setDestination(destination);
		this.broker.getSubscriptionRegistry()
			.registerSubscription(MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders()));
	}

	void deliver(Message<byte[]> message) {
		this.broker.handleMessage(message);
	}

	@Override
	public void start() {
		if (this.scheduler instanceof ExecutorConfigurationSupport pool) {
			// sessions that are not closed yet need heartbeats, and SockJS a scheduler
			pool.setAcceptTasksAfterContextClose(true);
		}
		this.users.open();
		this.subscription = this.pubSub.subscribe(TOPIC, this::hear);
		this.broker.getClientInboundChannel().subscribe(this.fromClients);
		this.broker.getBrokerChannel().subscribe(this.fromApplication);
	}

	@Override
	public void stop() {
		Subscription open = this.subscription;
		if (open != null) {
			this.broker.getClientInboundChannel().unsubscribe(this.fromClients);
			this.broker.getBrokerChannel().unsubscribe(this.fromApplication);
			this.subscription = null;
			open.close();
			this.users.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

	@Override
	public int getPhase() {
		return this.broker.getPhase();
	}

}
