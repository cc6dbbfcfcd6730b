package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * A message for the broker, as it is sent between nodes. It contains the headers of the
 * STOMP frame, and other headers with simple values. Headers about the sender's session
 * or user, or about the frame itself, are left out. Version 1 of the format: destination,
 * session or an empty text, attached strings, headers of the frame, other headers, and
 * the payload up to the end.
 *
 * @param sessionId the only session that gets the message, or {@code null}
 * @param attached the strings that a {@link BridgeObserver} has attached
 * @param payload the payload for the client
 */
record BridgedMessage(String destination, @Nullable String sessionId, Map<String, String> attached,
		Map<String, List<String>> nativeHeaders, Map<String, Object> headers, byte[] payload) {

	private static final Set<String> FRAME_ONLY = Set.of("destination", "content-length", "receipt",
			SimpMessageHeaderAccessor.ORIGINAL_DESTINATION);

	private static final Set<String> INTERNAL = Set.of(MessageHeaders.ID, MessageHeaders.TIMESTAMP,
			NativeMessageHeaderAccessor.NATIVE_HEADERS);

	/**
	 * Create a message from a message of Spring.
	 * @param message a message with a destination and a payload of bytes
	 * @param sessionId the only session that gets the message, or {@code null}
	 * @param attached the strings that an observer has attached
	 * @return the message to send
	 */
	static BridgedMessage of(Message<?> message, @Nullable String sessionId, Map<String, String> attached) {
		MessageHeaders headers = message.getHeaders();
		String destination = SimpMessageHeaderAccessor.getDestination(headers);
		Assert.state(destination != null && message.getPayload() instanceof byte[], "Not a message for the broker");
		return new BridgedMessage(destination, sessionId, attached, nativeHeaders(headers), simpleHeaders(headers),
				(byte[]) message.getPayload());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, List<String>> nativeHeaders(MessageHeaders headers) {
		Map<String, List<String>> all = (Map<String, List<String>>) headers
			.get(NativeMessageHeaderAccessor.NATIVE_HEADERS);
		if (all == null) {
			return Map.of();
		}
		Map<String, List<String>> copied = new LinkedHashMap<>(all);
		copied.keySet().removeAll(FRAME_ONLY);
		return copied;
	}

	private static Map<String, Object> simpleHeaders(MessageHeaders headers) {
		Map<String, Object> copied = new LinkedHashMap<>();
		headers.forEach((name, value) -> {
			boolean internal = INTERNAL.contains(name) || name.startsWith("simp") || name.startsWith("stomp");
			if (!internal && HeaderValue.of(value) != null) {
				copied.put(name, value);
			}
		});
		return copied;
	}

	byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.STOMP_MESSAGE).text(this.destination)
			.text((this.sessionId != null) ? this.sessionId : "")
			.all(this.attached.entrySet(), (to, header) -> to.text(header.getKey()).text(header.getValue()));
		out.all(this.nativeHeaders.entrySet(),
				(to, header) -> to.text(header.getKey()).all(header.getValue(), BridgedMessage::writeValue));
		out.all(this.headers.entrySet(), HeaderValue::write);
		return out.rest(this.payload).frame();
	}

	// a header of a frame may have no value
	private static void writeValue(FrameWriter out, @Nullable String value) {
		out.text((value != null) ? value : "");
	}

	static BridgedMessage decode(ByteBuffer body) {
		return FrameReader.read(body, (in) -> {
			String destination = in.text();
			FrameReader.check(!destination.isEmpty(), "the destination is empty");
			String sessionId = in.text();
			Map<String, String> attached = entries(in, (from) -> Map.entry(from.text(), from.text()));
			Map<String, List<String>> nativeHeaders = entries(in,
					(from) -> Map.entry(from.text(), from.all(FrameReader::text)));
			Map<String, Object> headers = entries(in, HeaderValue::read);
			return new BridgedMessage(destination, sessionId.isEmpty() ? null : sessionId, attached, nativeHeaders,
					headers, in.rest());
		});
	}

	private static <T> Map<String, T> entries(FrameReader in, Function<FrameReader, Map.Entry<String, T>> read) {
		Map<String, T> entries = new LinkedHashMap<>();
		in.all(read).forEach((entry) -> entries.put(entry.getKey(), entry.getValue()));
		return entries;
	}

	/**
	 * Return the original message, for the broker or for the resolver of user
	 * destinations.
	 * @return a message with the receiving session, if there is one
	 */
	Message<byte[]> toMessage() {
		return toMessage(this.destination, this.sessionId, null);
	}

	/**
	 * Return the message for one session of a user.
	 * @param target the resolved destination of that session
	 * @param subscribed the destination that the client has subscribed to, which is shown
	 * to the client
	 * @return a message for the broker
	 */
	Message<byte[]> toMessage(String target, @Nullable String subscribed) {
		return toMessage(target, null, subscribed);
	}

	private Message<byte[]> toMessage(String target, @Nullable String session, @Nullable String subscribed) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		this.headers.forEach(accessor::setHeader);
		this.nativeHeaders.forEach((name, values) -> values.forEach((value) -> accessor.addNativeHeader(name, value)));
		accessor.setDestination(target);
		accessor.setSessionId(session);
		if (subscribed != null) {
			accessor.setNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, subscribed);
		}
		return MessageBuilder.createMessage(this.payload, accessor.getMessageHeaders());
	}

	/**
	 * The types of header values that are sent between nodes. The ordinal is part of the
	 * wire format.
	 */
	enum HeaderValue {

		TEXT(String.class, (text) -> text), FLAG(Boolean.class, Boolean::valueOf),
		INTEGER(Integer.class, Integer::valueOf), LONG(Long.class, Long::valueOf),
		DOUBLE(Double.class, Double::valueOf), MIME_TYPE(MimeType.class, MimeTypeUtils::parseMimeType);

		private static final HeaderValue[] KINDS = values();

		private final Class<?> type;

		private final Function<String, Object> parse;

		HeaderValue(Class<?> type, Function<String, Object> parse) {
			this.type = type;
			this.parse = parse;
		}

		static @Nullable HeaderValue of(Object value) {
			for (HeaderValue kind : KINDS) {
				if (kind.type.isInstance(value)) {
					return kind;
				}
			}
			return null;
		}

		static void write(FrameWriter out, Map.Entry<String, Object> header) {
			HeaderValue kind = of(header.getValue());
			if (kind == null) {
				throw new IllegalArgumentException(
						"Header '" + header.getKey() + "' has a value that cannot be sent between nodes");
			}
			out.text(header.getKey()).octet(kind.ordinal()).text(header.getValue().toString());
		}

		static Map.Entry<String, Object> read(FrameReader in) {
			String name = in.text();
			return Map.entry(name, in.oneOf(KINDS, TEXT).parse.apply(in.text()));
		}

	}

}
