package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RelayFrame}.
 */
class RelayFrameTests {

	@Test
	void writesTheDocumentedBytes() {
		assertThat(hex(RelayFrame.request(RelayFrame.Kind.POLL, 7, "ab")))
			.isEqualTo("0100" + "0000000000000007" + "00cc" + "00000002" + "6162");
		assertThat(hex(RelayFrame.send(7, "ab", new PollBody(new byte[] { 1, 2 }, true))))
			.isEqualTo("0103" + "0000000000000007" + "00cc" + "00000002" + "6162" + "0102");
		assertThat(hex(RelayFrame.answer(7, new PollAnswer(200, List.of("[]", "")))))
			.isEqualTo("0104" + "0000000000000007" + "00c8" + "00000002" + "5b5d" + "00000000");
	}

	@Test
	void readsBackAnAnswer() {
		PollAnswer answer = new PollAnswer(200, List.of("[\"é🎈\"]", "", "x".repeat(100_000)));
		RelayFrame back = RelayFrame.decode(ByteBuffer.wrap(RelayFrame.answer(Long.MAX_VALUE, answer).encode()));
		assertThat(back.number()).isEqualTo(Long.MAX_VALUE);
		assertThat(back.answer()).isEqualTo(answer);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANSWER")
	void readsBackARequest(RelayFrame.Kind kind) {
		RelayFrame request = RelayFrame.request(kind, 3, "session");
		ByteBuffer frame = ByteBuffer.wrap(Arrays.copyOf(request.encode(), request.encode().length + 2));
		RelayFrame back = RelayFrame.decode(frame.asReadOnlyBuffer());
		assertThat(back.kind()).isEqualTo(kind);
		assertThat(back.number()).isEqualTo(3);
		assertThat(back.session()).isEqualTo("session");
		assertThat(back.body()).containsExactly(0, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "0200000000000000000700cc000000026162", "0105000000000000000700cc000000026162",
			"01ff000000000000000700cc000000026162", "0100000000000000000700cc0000000361",
			"0100000000000000000700ccffffffff", "0104000000000000000700c87fffffff5b" })
	void refusesWhatIsNone(String hex) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RelayFrame.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))));
	}

	private static String hex(RelayFrame frame) {
		return HexFormat.of().formatHex(frame.encode());
	}

}
