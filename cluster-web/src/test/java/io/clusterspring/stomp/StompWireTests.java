package io.clusterspring.stomp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.util.MimeTypeUtils;

import io.clusterspring.stomp.BridgedMessage.HeaderValue;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the frames of STOMP: release 0.1.0 writes and reads the same bytes.
 */
class StompWireTests {

	private static final List<SessionOp> OPS = List.of(new SessionOp.Connected("s1", "jané"),
			new SessionOp.Subscribed("s1", "0", "/topic/é"), new SessionOp.Unsubscribed("s1", "0"),
			new SessionOp.Disconnected("s1", "jané"));

	@Test
	void messagesAreThoseOfTheFirstRelease() {
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("text", "é");
		headers.put("flag", true);
		headers.put("int", -7);
		headers.put("long", 1L << 40);
		headers.put("double", 0.5);
		headers.put("contentType", MimeTypeUtils.APPLICATION_JSON);
		Map<String, List<String>> nativeHeaders = new LinkedHashMap<>();
		nativeHeaders.put("colour", List.of("red", ""));
		nativeHeaders.put("content-type", List.of("application/json"));
		Map<String, BridgedMessage> messages = new LinkedHashMap<>();
		messages.put("plain", new BridgedMessage("/topic/a", null, Map.of(), Map.of(), Map.of(), new byte[0]));
		messages.put("full", new BridgedMessage("/user/jané/queue/a", "s1", Map.of("traceparent", "00-abc"),
				nativeHeaders, headers, "{}".getBytes()));
		RecordedFrames.check(FrameKind.STOMP_MESSAGE, messages, BridgedMessage::encode, BridgedMessage::decode);
	}

	@Test
	void usersAreThoseOfTheFirstRelease() {
		Map<String, SessionFrame> frames = new LinkedHashMap<>();
		frames.put("ask", new SessionFrame.Ask());
		frames.put("digest", new SessionFrame.Digest(-2, 7));
		frames.put("delta", new SessionFrame.Delta(0x0102030405060708L, 8, OPS));
		frames.put("state", new SessionFrame.State(1, 300, 200, true, OPS.subList(0, 2)));
		frames.put("empty-state", new SessionFrame.State(1, 0, 0, false, List.of()));
		frames.put("anonymous-delta", new SessionFrame.Delta(1, 2,
				List.of(new SessionOp.AnonymousConnected("s1"), new SessionOp.AnonymousDisconnected("s1"))));
		RecordedFrames.check(FrameKind.STOMP_USERS, frames, SessionFrame::encode, SessionFrame::decode);
		RecordedFrames.checkExtended(FrameKind.STOMP_USERS, SessionFrame::encode, SessionFrame::decode);
	}

	@Test
	void changesAndFieldsOfALaterReleaseAreIgnored() {
		byte[] frame = new FrameWriter(FrameKind.STOMP_USERS).octet(2)
			.longNumber(1)
			.longNumber(2)
			.records(List.of(0, 99, 1), (to, sort) -> to.octet(sort).text("s1").text("jane").text("added"))
			.frame();
		assertThat(SessionFrame.decode(FrameKind.body(frame))).isEqualTo(new SessionFrame.Delta(1, 2,
				List.of(new SessionOp.Connected("s1", "jane"), new SessionOp.Disconnected("s1", "jane"))));
	}

	@Test
	void headerOfAnUnknownTypeIsText() {
		byte[] header = new FrameWriter(FrameKind.STOMP_MESSAGE).text("at").octet(77).text("2027-01-01").frame();
		assertThat(FrameReader.<Map.Entry<String, Object>>read(FrameKind.body(header), HeaderValue::read))
			.isEqualTo(Map.entry("at", "2027-01-01"));
	}

}
