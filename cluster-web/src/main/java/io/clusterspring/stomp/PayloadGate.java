package io.clusterspring.stomp;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;

import io.clusterspring.PayloadLimit;
import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.text.LogText;

/**
 * Refuses messages that are too large to be sent to other nodes, before any receiver gets
 * them. If the application sends such a message, it gets a
 * {@link MessageDeliveryException} with a {@link PayloadTooLargeException} as its cause.
 * A client gets an ERROR frame, and Spring closes its session, as STOMP requires.
 */
final class PayloadGate implements RemovableInterceptor {

	private static final Log logger = LogFactory.getLog(PayloadGate.class);

	private final BridgeRules.Source source;

	private final BridgeRules rules;

	private final PayloadLimit limit;

	private final CountedWarning refused = new CountedWarning(logger);

	PayloadGate(BridgeRules.Source source, BridgeRules rules, PayloadLimit limit) {
		this.source = source;
		this.rules = rules;
		this.limit = limit;
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		if (message.getPayload() instanceof byte[] payload && payload.length > this.limit.bytes()
				&& this.rules.decide(this.source, message) != null) {
			refuse(message, payload.length);
		}
		return message;
	}

	private void refuse(Message<?> message, int size) {
		try {
			this.limit.check(size);
		}
		catch (PayloadTooLargeException ex) {
			String destination = LogText.of(SimpMessageHeaderAccessor.getDestination(message.getHeaders()));
			this.refused.add((count) -> "Refused a STOMP message to " + destination + ", " + count + " so far: "
					+ ex.getMessage());
			throw new MessageDeliveryException(message, String.valueOf(ex.getMessage()), ex);
		}
	}

}
