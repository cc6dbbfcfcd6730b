package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.fuzz.DecoderFuzz;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests for the WebSocket decoders: malformed input closes the connection with a
 * code.
 */
class WebSocketFuzzTests {

	private static final int LIMIT = 300;

	@Test
	void frames() {
		DecoderFuzz.fuzz("websocket", WebSocketException.class, (input) -> {
			Messages messages = new Messages();
			new WebSocketReader(messages, LIMIT).read(input);
			return messages::check;
		});
	}

	@Test
	void framesInPieces() {
		DecoderFuzz.fuzz("websocket", WebSocketException.class, (input) -> {
			Messages messages = new Messages();
			WebSocketReader reader = new WebSocketReader(messages, LIMIT);
			while (input.hasRemaining()) {
				int length = Math.min(input.remaining(), 1 + (input.get(input.position()) & 0x7));
				reader.read(input.slice(input.position(), length));
				input.position(input.position() + length);
			}
			return messages::check;
		});
	}

	@Test
	void tokensAmongTheSubprotocols() {
		DecoderFuzz.fuzz("auth-token", IllegalArgumentException.class, (input) -> {
			List<String> offered = List.of(new String(input.array()).split(", *"));
			String chosen = AuthTokenProtocol.choose(offered);
			String token = AuthTokenProtocol.token(offered);
			return () -> {
				assertThat(chosen).isIn(null, "phoenix");
				assertThat(token == null || Utf8.isWellFormed(token)).isTrue();
			};
		});
	}

	private static final class Messages implements WebSocketReader.Handler {

		private final List<byte[]> texts = new ArrayList<>();

		private final List<byte[]> others = new ArrayList<>();

		@Override
		public void text(ByteBuffer text) {
			this.texts.add(text.array());
		}

		@Override
		public void binary(ByteBuffer bytes) {
			this.others.add(bytes.array());
		}

		@Override
		public void ping(byte[] payload) {
			this.others.add(payload);
		}

		@Override
		public void close() {
		}

		void check() {
			assertThat(this.texts).allMatch((text) -> text.length <= LIMIT && Utf8.isValid(text, 0));
			assertThat(this.others).allMatch((bytes) -> bytes.length <= LIMIT);
		}

	}

}
