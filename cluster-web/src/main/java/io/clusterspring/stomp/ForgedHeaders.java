package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;

/**
 * Takes the headers out of messages of clients that only a node may set: those of
 * histories, and on a destination with history the one by which Spring marks messages for
 * a user.
 */
final class ForgedHeaders implements RemovableInterceptor {

	private final Predicate<String> kept;

	ForgedHeaders(Predicate<String> kept) {
		this.kept = kept;
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		if (SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) != SimpMessageType.MESSAGE) {
			return message;
		}
		List<String> forged = forged(message);
		return forged.isEmpty() ? message : without(forged, message);
	}

	private List<String> forged(Message<?> message) {
		List<String> forged = new ArrayList<>();
		for (String name : HistoryHeaders.OWN) {
			if (has(message, name)) {
				forged.add(name);
			}
		}
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		if (has(message, SimpMessageHeaderAccessor.ORIGINAL_DESTINATION) && isKept(destination)) {
			forged.add(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION);
		}
		return forged;
	}

	private boolean isKept(@Nullable String destination) {
		return destination != null && this.kept.test(destination);
	}

	private static boolean has(Message<?> message, String name) {
		return message.getHeaders().get(NativeMessageHeaderAccessor.NATIVE_HEADERS) instanceof Map<?, ?> headers
				&& headers.containsKey(name);
	}

	private static Message<?> without(List<String> names, Message<?> message) {
		MessageHeaderAccessor accessor = MessageHeaderAccessor.getMutableAccessor(message);
		NativeMessageHeaderAccessor headers = (accessor instanceof NativeMessageHeaderAccessor present) ? present
				: SimpMessageHeaderAccessor.wrap(message);
		names.forEach(headers::removeNativeHeader);
		return MessageBuilder.createMessage(message.getPayload(), headers.getMessageHeaders());
	}

}
