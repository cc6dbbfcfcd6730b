package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.Comparator;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.fuzz.DecoderFuzz;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests for the serializers: malformed input is refused, and accepted input can be
 * encoded again.
 */
class SerializerFuzzTests {

	private static final JsonMapper mapper = new JsonMapper();

	// 1e0 is sent on as 1: the same number, but not the same node
	private static final Comparator<JsonNode> byValue = (one, other) -> (one.isNumber() && other.isNumber())
			? one.decimalValue().compareTo(other.decimalValue()) : one.equals(other) ? 0 : 1;

	private final SocketSerializer v1 = new V1JsonSerializer();

	private final SocketSerializer v2 = new V2JsonSerializer();

	@Test
	void textOfVersion1() {
		fuzz("socket-v1", this.v1);
	}

	@Test
	void textOfVersion2() {
		fuzz("socket-v2", this.v2);
	}

	@Test
	void bytesOfVersion1AreText() {
		DecoderFuzz.fuzz("socket-v1", MalformedMessageException.class, (input) -> {
			SocketMessage message = this.v1.decodeBinary(input);
			return () -> encodes(this.v1, message);
		});
	}

	@Test
	void bytesOfVersion2() {
		DecoderFuzz.fuzz("socket-v2-binary", MalformedMessageException.class, (input) -> {
			SocketMessage message = this.v2.decodeBinary(input);
			return () -> {
				ByteBuffer out = reply(this.v2, message).bytes();
				int size = 1 + 4 + message.payload().content().remaining();
				for (int i = 1; i <= 4; i++) {
					size += Byte.toUnsignedInt(out.get(i));
				}
				assertThat(out.get(0)).isOne();
				assertThat(out.remaining()).isEqualTo(size);
				Utf8.requireWellFormed("Topic", message.topic().stringValue());
				Utf8.requireWellFormed("Event", message.event().stringValue());
			};
		});
	}

	private static void fuzz(String corpus, SocketSerializer serializer) {
		DecoderFuzz.fuzz(corpus, MalformedMessageException.class, (input) -> {
			if (!Utf8.isValid(input.array(), 0)) {
				// transports refuse it before
				throw new MalformedMessageException("not UTF-8", null);
			}
			SocketMessage message = serializer.decode(input);
			return () -> encodes(serializer, message);
		});
	}

	private static void encodes(SocketSerializer serializer, SocketMessage message) {
		String push = serializer.encode(message).messages().get(0).text();
		SocketMessage again = serializer.decode(ByteBuffer.wrap(Utf8.encode("Push", push)));
		same(again.ref(), message.ref());
		same(again.topic(), message.topic());
		same(again.event(), message.event());
		assertThat(again.payload().content()).isEqualTo(message.payload().content());
		JsonNode reply = mapper.readTree(reply(serializer, message).text());
		assertThat(reply.isContainer()).isTrue();
	}

	private static void same(JsonNode sent, JsonNode received) {
		assertThat(sent.equals(byValue, received)).as("%s is %s", sent, received).isTrue();
	}

	private static SocketFrame.Message reply(SocketSerializer serializer, SocketMessage message) {
		SocketReply reply = new SocketReply(message.joinRef(), message.ref(), message.topic(), SocketReply.Status.OK,
				message.payload());
		return serializer.encode(reply).messages().get(0);
	}

}
