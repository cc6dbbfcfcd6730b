package io.clusterspring.stomp;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import io.clusterspring.stomp.HistoryHeaders.Delivery;
import io.clusterspring.stomp.HistorySubscriptions.Asked;

/**
 * The subscriptions of Spring's broker, with what destinations with history need: their
 * messages have no receivers when they come from Spring's channels, because they come
 * again from the log, in order; a message of a replay has one receiver; and a
 * subscription that asks for the past begins when it has got it. Thread-safe.
 */
final class HistoryRegistry implements SubscriptionRegistry {

	private static final MultiValueMap<String, String> NOBODY = CollectionUtils
		.unmodifiableMultiValueMap(new LinkedMultiValueMap<>());

	private final SubscriptionRegistry delegate;

	private final HistorySubscriptions subscriptions;

	private final Rules rules;

	private volatile boolean open;

	HistoryRegistry(SubscriptionRegistry delegate, HistorySubscriptions subscriptions, Rules rules) {
		this.delegate = delegate;
		this.subscriptions = subscriptions;
		this.rules = rules;
	}

	/** From now on messages come from the logs, or no longer. */
	void open(boolean open) {
		this.open = open;
	}

	/** The registry of the broker. */
	SubscriptionRegistry delegate() {
		return this.delegate;
	}

	@Override
	public void registerSubscription(Message<?> message) {
		MessageHeaders headers = message.getHeaders();
		String session = SimpMessageHeaderAccessor.getSessionId(headers);
		String id = SimpMessageHeaderAccessor.getSubscriptionId(headers);
		String destination = SimpMessageHeaderAccessor.getDestination(headers);
		if (session == null || id == null || destination == null) {
			this.delegate.registerSubscription(message);
			return;
		}
		PositionRequest request = HistoryHeaders.isOfUser(headers) ? null : PositionRequest.of(headers);
		if (this.open && request != null && this.rules.catchesUp(destination)) {
			// an earlier one of this name is over
			this.delegate.unregisterSubscription(unsubscribe(session, id));
			this.rules.asked(this.subscriptions.add(new Delivery(session, id), destination, message, request));
		}
		else {
			this.subscriptions.remove(session, id);
			this.delegate.registerSubscription(message);
		}
	}

	private static Message<?> unsubscribe(String session, String id) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.UNSUBSCRIBE);
		headers.setSessionId(session);
		headers.setSubscriptionId(id);
		return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
	}

	@Override
	public void unregisterSubscription(Message<?> message) {
		String session = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
		String id = SimpMessageHeaderAccessor.getSubscriptionId(message.getHeaders());
		if (session != null && id != null) {
			this.subscriptions.remove(session, id);
		}
		this.delegate.unregisterSubscription(message);
	}

	@Override
	public void unregisterAllSubscriptions(String sessionId) {
		this.subscriptions.removeAll(sessionId);
		this.delegate.unregisterAllSubscriptions(sessionId);
	}

	@Override
	public MultiValueMap<String, String> findSubscriptions(Message<?> message) {
		Delivery delivery = HistoryHeaders.delivery(message);
		if (delivery == null) {
			return (this.open && this.rules.isKept(message)) ? NOBODY : this.delegate.findSubscriptions(message);
		}
		return (delivery.sessionId() != null) ? only(delivery.sessionId(), delivery.subscriptionId())
				: this.delegate.findSubscriptions(message);
	}

	private static MultiValueMap<String, String> only(String session, @Nullable String subscription) {
		MultiValueMap<String, String> one = new LinkedMultiValueMap<>();
		one.add(session, String.valueOf(subscription));
		return one;
	}

	/** Return whether a subscription would get a message. */
	boolean isFor(Delivery subscription, Message<?> message) {
		return this.delegate.findSubscriptions(message)
			.getOrDefault(String.valueOf(subscription.sessionId()), List.of())
			.contains(subscription.subscriptionId());
	}

	/** The destinations with history. */
	interface Rules {

		/** Return whether a message of one of Spring's channels comes from a log. */
		boolean isKept(Message<?> message);

		/** Return whether a subscription to a destination is answered. */
		boolean catchesUp(String destination);

		/** A subscription waits for its answer. It must not block. */
		void asked(Asked subscription);

	}

}
