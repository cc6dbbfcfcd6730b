package io.clusterspring.http.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.MessagePosition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for server-sent events as bytes.
 */
class EventFramesTests {

	private static final HistoryPosition POSITION = HistoryPosition.NOTHING.with(new MessagePosition(1, 7))
		.with(new MessagePosition(2, 8));

	@Test
	void eventHasItsNamePayloadAndPosition() {
		assertThat(event("news", "{\"s\":\"é\"}", POSITION))
			.isEqualTo("id: AAAAAAAB:7,AAAAAAAC:8\nevent: news\ndata: {\"s\":\"é\"}\n\n");
		assertThat(event("news", "{}", null)).isEqualTo("event: news\ndata: {}\n\n");
	}

	@Test
	void noTextBeginsALineOfItsOwn() {
		for (String end : new String[] { "\n", "\r", "\r\n", "\n\n", "\r\r" }) {
			String frame = event("a" + end + "data: forged" + end + "id: x",
					"{\"a\":1," + end + "\"event\":" + end + "2}", null);
			assertThat(frame.split("[\r\n]")).hasSize(2);
			assertThat(frame).startsWith("event: a ").endsWith("\n\n").doesNotContain("\r", "\0");
		}
	}

	@Test
	void lineBreaksOfPrettyJsonAreWhiteSpace() {
		assertThat(event("a", "{\r\n  \"x\": \"\\n\"\n}", null)).isEqualTo("event: a\ndata: {    \"x\": \"\\n\" }\n\n");
	}

	@Test
	void positionThatIsTooLongCannotBeReadLater() {
		Map<Long, Long> many = new HashMap<>();
		for (long i = 0; i < 500; i++) {
			many.put(i, 1L);
		}
		assertThat(event("a", "{}", HistoryPosition.of(many))).startsWith("id: -\n");
	}

	@Test
	void clientIsToldWhereItIs() {
		assertThat(text(EventFrames.open(2000, null))).isEqualTo("retry: 2000\n\n");
		assertThat(text(EventFrames.open(2000, POSITION))).isEqualTo("retry: 2000\nid: " + POSITION + "\n\n");
		assertThat(text(EventFrames.history(POSITION, null)))
			.isEqualTo("id: " + POSITION + "\nevent: $history\ndata: {\"recovered\":true}\n\n");
		assertThat(text(EventFrames.history(POSITION, "evicted")))
			.isEqualTo("id: " + POSITION + "\nevent: $history\ndata: {\"recovered\":false,\"reason\":\"evicted\"}\n\n");
	}

	private static String event(String event, String json, HistoryPosition position) {
		ByteBuffer payload = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
		return text(EventFrames.event(event, payload, position));
	}

	private static String text(byte[] frame) {
		return new String(frame, StandardCharsets.UTF_8);
	}

}
