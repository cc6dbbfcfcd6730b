package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.util.PathMatcher;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.KeptMessage;
import io.clusterspring.stomp.HistoryHeaders.Delivery;
import io.clusterspring.stomp.HistorySubscriptions.Asked;

/**
 * Spring's broker with a {@link HistoryRegistry}. Messages for all subscriptions of a
 * destination, for one of them, and answers all go through the broker, which alone keeps
 * the messages of a session in order.
 */
final class KeptBroker implements HistoryRegistry.Rules {

	private final SimpleBrokerMessageHandler broker;

	private final PathMatcher matcher;

	private final Predicate<String> shared;

	private final Received received;

	private final DestinationHistory history;

	private final HistorySubscriptions subscriptions = new HistorySubscriptions();

	private final HistoryRegistry registry;

	private final ForgedHeaders forged = new ForgedHeaders(this::isKept);

	/**
	 * Create it, and open the history.
	 * @param shared tells the destinations of the broker that are not local
	 * @param received takes messages of other nodes
	 */
	KeptBroker(SimpleBrokerMessageHandler broker, PathMatcher matcher, Predicate<String> shared, Received received,
			DestinationHistory history) {
		this.broker = broker;
		this.matcher = matcher;
		this.shared = shared;
		this.received = received;
		this.history = history;
		this.registry = new HistoryRegistry(broker.getSubscriptionRegistry(), this.subscriptions, this);
		if (history.isUsed()) {
			// threads of the channel to clients would overtake each other
			broker.setPreservePublishOrder(true);
			broker.setSubscriptionRegistry(this.registry);
		}
		history.open(this);
	}

	void start() {
		if (this.history.isUsed()) {
			this.registry.open(true);
			this.forged.install(this.broker.getClientInboundChannel());
		}
	}

	void stop() {
		if (this.history.isUsed()) {
			this.registry.open(false);
			this.forged.remove(this.broker.getClientInboundChannel());
		}
	}

	/** Return whether messages to a destination are kept. */
	boolean isKept(String destination) {
		return this.history.keeps(destination) && this.shared.test(destination);
	}

	/** Return a message for all subscriptions that has no position. */
	Message<byte[]> live(Message<byte[]> message) {
		return this.history.isUsed() ? HistoryHeaders.live(message) : message;
	}

	/** Give a message to the broker, for the subscriptions that it is marked for. */
	void deliver(Message<byte[]> message) {
		this.broker.handleMessage(message);
	}

	void deliver(KeptMessage kept, boolean own) {
		BridgedMessage message = BridgedMessage.decode(kept.body());
		Message<byte[]> live = message(kept, message, Delivery.ALL);
		if (own) {
			deliver(live);
		}
		else {
			this.received.accept(message, () -> deliver(live));
		}
	}

	Message<byte[]> message(KeptMessage kept, Delivery to) {
		return message(kept, BridgedMessage.decode(kept.body()), to);
	}

	private static Message<byte[]> message(KeptMessage kept, BridgedMessage message, Delivery to) {
		return HistoryHeaders.kept(message.toMessage(), kept.position().toString(), to);
	}

	void deliverUnkept(Node sender, ByteBuffer body) {
		this.received.unkept(sender, body);
	}

	/** Tell those that have asked for the past that messages are gone. */
	void tellGap(String destination, HistoryPosition position) {
		this.subscriptions
			.live((subscribed) -> subscribed.equals(destination)
					|| (isPattern(subscribed) && this.matcher.match(subscribed, destination)))
			.forEach((asked) -> deliver(HistoryHeaders.lost(destination, asked.to(), position, HistoryHeaders.GAP)));
	}

	boolean isPattern(String destination) {
		return this.matcher.isPattern(destination);
	}

	/** Register a subscription, from the place where its destination is now. */
	boolean begin(Asked asked) {
		return asked.begin(this.registry.delegate()::registerSubscription);
	}

	/** Forget the subscriptions of a session that is over. */
	void forget(String sessionId) {
		this.registry.unregisterAllSubscriptions(sessionId);
	}

	/** Return whether a subscription has chosen some messages of its destination. */
	boolean selects(Asked asked) {
		SubscriptionRegistry subscribed = this.registry.delegate();
		if (subscribed instanceof DefaultSubscriptionRegistry known) {
			String selector = known.getSelectorHeaderName();
			return selector != null && HistoryHeaders.of(asked.headers(), selector) != null;
		}
		return true;
	}

	/** Return whether a subscription would get a message if it were live. */
	boolean isFor(Asked asked, Message<byte[]> message) {
		return this.registry.isFor(asked.to(), message);
	}

	@Override
	public boolean isKept(Message<?> message) {
		MessageHeaders headers = message.getHeaders();
		String destination = SimpMessageHeaderAccessor.getDestination(headers);
		return destination != null && message.getPayload() instanceof byte[] && !HistoryHeaders.isOfUser(headers)
				&& isKept(destination);
	}

	@Override
	public boolean catchesUp(String destination) {
		return isKept(destination) || (isPattern(destination) && this.shared.test(destination));
	}

	@Override
	public void asked(Asked subscription) {
		this.history.asked(subscription);
	}

	/** Takes messages of other nodes. */
	interface Received extends BiConsumer<BridgedMessage, Runnable> {

		/** A message came that is not kept here. */
		void unkept(Node sender, ByteBuffer body);

	}

}
