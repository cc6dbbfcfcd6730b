package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RelayFrame}.
 */
class RelayFrameTests {

	@Test
	void writesTheDocumentedBytes() {
		assertThat(hex(RelayFrame.request(RelayFrame.Kind.POLL, 7, "ab")))
			.isEqualTo("080100" + "0000000000000007" + "02" + "6162");
		assertThat(hex(RelayFrame.send(7, "ab", new PollBody(new byte[] { 1, 2 }, true))))
			.isEqualTo("080103" + "0000000000000007" + "02" + "6162" + "0102");
		assertThat(hex(RelayFrame.answer(7, new PollAnswer(200, List.of("[]", "")))))
			.isEqualTo("080104" + "0000000000000007" + "c801" + "02" + "02" + "5b5d" + "00");
	}

	@Test
	void readsBackAnAnswer() {
		PollAnswer answer = new PollAnswer(200, List.of("[\"é🎈\"]", "", "x".repeat(100_000)));
		RelayFrame back = RelayFrame.decode(FrameKind.body(RelayFrame.answer(Long.MAX_VALUE, answer).encode()));
		assertThat(back.number()).isEqualTo(Long.MAX_VALUE);
		assertThat(back.answer()).isEqualTo(answer);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANSWER")
	void readsBackARequest(RelayFrame.Kind kind) {
		RelayFrame request = RelayFrame.request(kind, 3, "session");
		ByteBuffer frame = FrameKind.body(Arrays.copyOf(request.encode(), request.encode().length + 2));
		RelayFrame back = RelayFrame.decode(frame.asReadOnlyBuffer());
		assertThat(back.kind()).isEqualTo(kind);
		assertThat(back.number()).isEqualTo(3);
		assertThat(back.session()).isEqualTo("session");
		assertThat(back.body()).containsExactly(0, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "05000000000000000702" + "6162", "ff000000000000000702" + "6162",
			"00000000000000000703" + "61", "000000000000000007" + "ffffffff0f", "000000000000000007" + "02" + "ffff",
			"040000000000000007" + "c801" + "ffff03" + "5b", "040000000000000007" + "ffffffff0f",
			"040000000000000007" + "d804" + "00" })
	void refusesMalformedFrames(String hex) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RelayFrame.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))));
	}

	@Test
	void greatestHttpStatusIsAccepted() {
		byte[] frame = RelayFrame.answer(7, new PollAnswer(599, List.of())).encode();
		assertThat(RelayFrame.decode(FrameKind.body(frame)).answer().status()).isEqualTo(599);
	}

	@Test
	void onlyAPollContainsTheNumberOfReceivedAnswers() {
		assertThat(RelayFrame.decode(FrameKind.body(RelayFrame.poll(7, "session", 3).encode())).acknowledged())
			.isEqualTo(3);
		RelayFrame other = RelayFrame.send(7, "session", new PollBody(new byte[5], false));
		assertThatIllegalArgumentException().isThrownBy(other::acknowledged);
	}

	private static String hex(RelayFrame frame) {
		return HexFormat.of().formatHex(frame.encode());
	}

	@Test
	void anyBytesAreDecodedOrRefused() {
		FrameFuzz.fuzz(RelayFrame::decode, RelayFrame.poll(7, "session", 3).encode(),
				RelayFrame.send(7, "session", new PollBody("[]".getBytes(), true)).encode(),
				RelayFrame.answer(7, new PollAnswer(200, List.of("[\"é🎈\"]", ""))).encode());
	}

}
