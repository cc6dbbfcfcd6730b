package io.clusterspring.stomp;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;

import io.clusterspring.history.HistoryPosition;

/**
 * The headers of STOMP frames about the history of a destination, and the messages that
 * carry them. Only this node may set them, so they are taken out of what others send.
 */
final class HistoryHeaders {

	/**
	 * The position of a message, the whole position of an answer, or the position that a
	 * client gives back.
	 */
	static final String POSITION = "cluster-position";

	/** How many milliseconds the client was out of contact. */
	static final String AWAY = "cluster-away";

	/** How many messages of the past a client wants first. */
	static final String LAST = "cluster-last";

	/** Whether nothing is missing: {@code true}, {@code false} or {@code none}. */
	static final String RECOVERED = "cluster-recovered";

	/** Why something may be missing. */
	static final String REASON = "cluster-reason";

	/** Messages are gone, found while the client was connected. */
	static final String GAP = "gap";

	/** A subscription to a pattern, which cannot catch up. */
	static final String PATTERN = "pattern";

	static final Set<String> OWN = Set.of(POSITION, RECOVERED, REASON);

	/** No header of a frame: a client cannot set it, and it is not sent. */
	private static final String DELIVERY = "simpClusterDelivery";

	private static final byte[] NOTHING = {};

	private HistoryHeaders() {
	}

	/** Return for whom the broker has to deliver a message, {@code null} if untold. */
	static @Nullable Delivery delivery(Message<?> message) {
		return (message.getHeaders().get(DELIVERY) instanceof Delivery delivery) ? delivery : null;
	}

	/** Return a message that is not kept, which the broker delivers to all. */
	static Message<byte[]> live(Message<byte[]> message) {
		return mark(message, null, Delivery.ALL);
	}

	/** Return a message with its position. */
	static Message<byte[]> kept(Message<byte[]> message, String position, Delivery delivery) {
		return mark(message, position, delivery);
	}

	private static Message<byte[]> mark(Message<byte[]> message, @Nullable String position, Delivery delivery) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.wrap(message);
		OWN.forEach(headers::removeNativeHeader);
		if (position != null) {
			headers.setNativeHeader(POSITION, position);
		}
		headers.setHeader(DELIVERY, delivery);
		return MessageBuilder.createMessage(message.getPayload(), headers.getMessageHeaders());
	}

	/**
	 * Tell a client that its subscription has begun, without a position to go on from.
	 */
	static Message<byte[]> first(String destination, Delivery to, HistoryPosition position) {
		return answer(destination, to, "none", position, null);
	}

	/** Tell a client that it has missed nothing. */
	static Message<byte[]> recovered(String destination, Delivery to, HistoryPosition position) {
		return answer(destination, to, "true", position, null);
	}

	/** Tell a client that it may have missed something. */
	static Message<byte[]> lost(String destination, Delivery to, HistoryPosition position, String reason) {
		return answer(destination, to, "false", position, reason);
	}

	private static Message<byte[]> answer(String destination, Delivery to, String recovered, HistoryPosition position,
			@Nullable String reason) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination(destination);
		headers.setHeader(DELIVERY, to);
		headers.setNativeHeader(RECOVERED, recovered);
		headers.setNativeHeader(POSITION, position.toString());
		if (reason != null) {
			headers.setNativeHeader(REASON, reason);
		}
		return MessageBuilder.createMessage(NOTHING, headers.getMessageHeaders());
	}

	/**
	 * Return the first value of a header of the frame, {@code null} if it is not there.
	 */
	static @Nullable String of(MessageHeaders headers, String name) {
		return NativeMessageHeaderAccessor.getFirstNativeHeader(name, headers);
	}

	/**
	 * Return whether a destination is that of a user: Spring sets the header when it
	 * resolves it.
	 */
	static boolean isOfUser(MessageHeaders headers) {
		return of(headers, SimpMessageHeaderAccessor.ORIGINAL_DESTINATION) != null;
	}

	/**
	 * The receivers of a message on its way through the broker.
	 *
	 * @param sessionId the only session, {@code null} for all subscriptions
	 * @param subscriptionId the only subscription of the session
	 */
	record Delivery(@Nullable String sessionId, @Nullable String subscriptionId) {

		/** All subscriptions of the destination. */
		static final Delivery ALL = new Delivery(null, null);

	}

}
