package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;
import org.springframework.util.MimeTypeUtils;

import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BridgedMessage}.
 */
class BridgedMessageTests {

	private static final byte[] PAYLOAD = { 0, -1, 7 };

	@Test
	void headersOfTheSessionAreNotSent() {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.SEND);
		accessor.setDestination("/topic/a");
		accessor.setContentType(MimeTypeUtils.APPLICATION_JSON);
		accessor.setReceipt("7");
		accessor.setContentLength(3);
		accessor.setNativeHeader("shop", "eu");
		accessor.setNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, "/user/queue/a");
		accessor.setSessionId("s1");
		accessor.setSessionAttributes(Map.of("secret", "of the session"));
		accessor.setUser(() -> "jane");
		accessor.setHeader(SimpMessageHeaderAccessor.HEART_BEAT_HEADER, new long[] { 1, 2 });
		accessor.setHeader("security", new Object());
		Message<byte[]> arrived = cross(MessageBuilder.createMessage(PAYLOAD, accessor.getMessageHeaders()))
			.toMessage();
		assertThat(arrived.getHeaders()).containsOnlyKeys("simpMessageType", "simpDestination", "contentType",
				"nativeHeaders");
		assertThat(arrived.getHeaders().get(NativeMessageHeaderAccessor.NATIVE_HEADERS))
			.isEqualTo(Map.of("shop", List.of("eu"), "content-type", List.of("application/json")));
	}

	@Test
	void headersForSubscribersAreSent() {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		accessor.setDestination("/topic/é");
		accessor.setContentType(MimeTypeUtils.parseMimeType("text/plain;charset=UTF-8"));
		accessor.setNativeHeaderValues("colour", List.of("red", "blue"));
		Map<String, Object> own = Map.of("text", "é", "flag", true, "int", 7, "long", 1L << 40, "double", 0.5);
		own.forEach(accessor::setHeader);
		Message<byte[]> sent = MessageBuilder.createMessage(PAYLOAD, accessor.getMessageHeaders());
		Message<byte[]> arrived = cross(sent).toMessage();
		assertThat(arrived.getPayload()).isEqualTo(PAYLOAD);
		assertThat(arrived.getHeaders()).isEqualTo(sent.getHeaders()).containsAllEntriesOf(own);
		assertThat(SimpMessageHeaderAccessor.getMessageType(arrived.getHeaders())).isEqualTo(SimpMessageType.MESSAGE);
	}

	@Test
	void receivingSessionIsSent() {
		BridgedMessage message = BridgedMessage
			.decode(FrameKind.body(BridgedMessage.of(message("/user/jane/queue/a"), "s2", Map.of()).encode()));
		assertThat(SimpMessageHeaderAccessor.getSessionId(message.toMessage().getHeaders())).isEqualTo("s2");
	}

	@Test
	void messageForOneSessionContainsTheSubscribedDestination() {
		Message<byte[]> resolved = cross(message("/user/jane/queue/a")).toMessage("/queue/a-users2", "/user/queue/a");
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.wrap(resolved);
		assertThat(accessor.getDestination()).isEqualTo("/queue/a-users2");
		assertThat(accessor.getFirstNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION))
			.isEqualTo("/user/queue/a");
		assertThat(accessor.getSessionId()).isNull();
	}

	@Test
	void longHeaderIsSent() {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		accessor.setDestination("/topic/a");
		accessor.setNativeHeader("long", "x".repeat(100_000));
		assertThat(cross(MessageBuilder.createMessage(PAYLOAD, accessor.getMessageHeaders())).nativeHeaders()
			.get("long")
			.get(0)).hasSize(100_000);
	}

	@Test
	void attachedStringsAreSentSeparatelyFromTheHeaders() {
		BridgedMessage sent = BridgedMessage.of(message("/topic/a"), null, Map.of("traceparent", "00-é"));
		BridgedMessage arrived = BridgedMessage.decode(FrameKind.body(sent.encode()));
		assertThat(arrived.attached()).containsExactly(Map.entry("traceparent", "00-é"));
		assertThat(arrived.toMessage().getHeaders()).doesNotContainKey("traceparent");
	}

	@Test
	void truncatedMessageIsRefused() {
		byte[] bytes = BridgedMessage.of(message("/topic/a"), null, Map.of("a", "b")).encode();
		int headersEnd = bytes.length - PAYLOAD.length;
		for (int length = FrameKind.HEADER; length < headersEnd; length++) {
			ByteBuffer part = FrameKind.body(Arrays.copyOf(bytes, length));
			assertThatIllegalArgumentException().isThrownBy(() -> BridgedMessage.decode(part));
		}
	}

	private static BridgedMessage cross(Message<byte[]> message) {
		return BridgedMessage.decode(FrameKind.body(BridgedMessage.of(message, null, Map.of()).encode()));
	}

	private static Message<byte[]> message(String destination) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		accessor.setDestination(destination);
		return MessageBuilder.createMessage(PAYLOAD, accessor.getMessageHeaders());
	}

	@Test
	void anyBytesAreDecodedOrRefused() {
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("text", "é");
		headers.put("flag", true);
		headers.put("int", 7);
		headers.put("long", 1L << 40);
		headers.put("double", 0.5);
		headers.put("type", MimeTypeUtils.parseMimeType("text/plain;charset=UTF-8"));
		BridgedMessage full = new BridgedMessage("/topic/a", "s1", Map.of("traceparent", "00-x"),
				Map.of("colour", List.of("red", "blue")), headers, PAYLOAD);
		FrameFuzz.fuzz((body) -> BridgedMessage.decode(body).toMessage(), full.encode(),
				BridgedMessage.of(message("/topic/a"), null, Map.of()).encode());
	}

}
