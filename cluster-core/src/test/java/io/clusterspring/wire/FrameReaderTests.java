package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FrameReader} and {@link FrameWriter}.
 */
class FrameReaderTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE })
	void numbersComeBack(long number) {
		assertThat(back(writer().number(number), FrameReader::number)).isEqualTo(number);
		assertThat(back(writer().flag(false), FrameReader::flag)).isFalse();
	}

	@Test
	void everythingComesBack() {
		byte[] frame = writer().octet(255)
			.flag(true)
			.longNumber(Long.MIN_VALUE)
			.text("é🎈")
			.bytes(new byte[] { 1 })
			.all(List.of("a", ""), FrameWriter::text)
			.rest(new byte[] { 2, 3 })
			.frame();
		FrameReader.read(FrameKind.body(frame), (in) -> {
			assertThat(in.octet()).isEqualTo(255);
			assertThat(in.flag()).isTrue();
			assertThat(in.longNumber()).isEqualTo(Long.MIN_VALUE);
			assertThat(in.text()).isEqualTo("é🎈");
			assertThat(in.bytes()).containsExactly(1);
			assertThat(in.all(FrameReader::text)).containsExactly("a", "");
			assertThat(in.rest()).containsExactly(2, 3);
			return in;
		});
	}

	@Test
	void theHeaderIsTheKindAndItsVersion() {
		assertThat(new FrameWriter(FrameKind.PRESENCE).frame()).containsExactly(5, 1);
	}

	@Test
	void lengthsAreCheckedBeforeAnythingIsAllocated() {
		refuses("ffffffff07", FrameReader::text);
		refuses("ffffffff07", FrameReader::bytes);
		refuses("ffffffff07", (in) -> in.all(FrameReader::octet));
		refuses("ffffffffffffffff7f", FrameReader::bytes);
		refuses("02" + "61", FrameReader::text);
	}

	@Test
	void invalidValuesAreRefused() {
		refuses("", FrameReader::octet);
		refuses("02", FrameReader::flag);
		refuses("7f", (in) -> in.oneOf(FrameKind.values()));
		refuses("056162", (in) -> in.text(4));
		refuses("ffffffffffffffffff7f", FrameReader::number);
		refuses("8080808008", FrameReader::smallNumber);
		refuses("00000000000000", FrameReader::longNumber);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ff", "c3", "c080", "eda080", "f4908080" })
	void textHasToBeWellFormed(String hex) {
		refuses("%02x%s".formatted(hex.length() / 2, hex), FrameReader::text);
	}

	@Test
	void anArgumentThatIsIllegalMakesTheFrameMalformed() {
		refuses("00", (in) -> {
			in.octet();
			throw new NumberFormatException("secret");
		});
	}

	@Test
	void additionsOfALaterReleaseAreSkipped() {
		assertThat(back(writer().octet(7).text("added"), FrameReader::octet)).isEqualTo(7);
		FrameWriter records = writer().records(List.of(1, 2), (to, value) -> to.octet(value).text("added")).octet(9);
		FrameReader.read(FrameKind.body(records.frame()), (in) -> {
			assertThat(in.records(FrameReader::octet)).containsExactly(1, 2);
			assertThat(in.octet()).isEqualTo(9);
			return in;
		});
		String constant = back(writer().octet(3), (in) -> in.oneOf(new String[] { "a", "b" }, "unknown"));
		assertThat(constant).isEqualTo("unknown");
	}

	@Test
	void fieldsThatAnEarlierReleaseDoesNotWriteAreSeenAsMissing() {
		FrameWriter records = writer().records(List.of(1, 2), FrameWriter::octet).octet(9);
		FrameReader.read(FrameKind.body(records.frame()), (in) -> {
			assertThat(in.records((from) -> from.octet() + (from.hasMore() ? from.octet() : 100))).containsExactly(101,
					102);
			assertThat(in.hasMore()).isTrue();
			return in;
		});
	}

	@Test
	void aRecordIsNotReadBeyondItsEnd() {
		refuses("0101" + "0000", (in) -> in.records((from) -> from.octet() + from.octet()));
		refuses("0105" + "0000", (in) -> in.records(FrameReader::octet));
		refuses("02" + "0100", (in) -> in.records(FrameReader::octet));
	}

	@Test
	void recordsOfAnySizeComeBack() {
		List<String> texts = List.of("", "a", "é".repeat(63), "x".repeat(127), "x".repeat(300), "y".repeat(70_000));
		List<String> all = back(writer().records(texts, FrameWriter::text), (in) -> in.records(FrameReader::text));
		assertThat(all).isEqualTo(texts);
		List<String> some = back(writer().records(texts, FrameWriter::text),
				(in) -> in.records((from) -> (from.text().length() > 200) ? "long" : null));
		assertThat(some).containsExactly("long", "long");
	}

	@Test
	void aFrameOfASizeThatIsKnownIsNotCopied() {
		FrameWriter out = new FrameWriter(FrameKind.TOPIC, FrameWriter.sizeOf(200)).bytes(new byte[200]);
		assertThat(out.frame()).isSameAs(out.frame()).hasSize(FrameKind.HEADER + 202);
		assertThat(new FrameWriter(FrameKind.TOPIC, 1).text("longer").frame()).hasSize(FrameKind.HEADER + 7);
	}

	private static <T> T back(FrameWriter out, Function<FrameReader, T> read) {
		return FrameReader.read(FrameKind.body(out.frame()), read);
	}

	private static void refuses(String hex, Function<FrameReader, ?> read) {
		ByteBuffer body = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
		assertThatExceptionOfType(MalformedFrameException.class).as(hex)
			.isThrownBy(() -> FrameReader.read(body, read))
			.withMessageNotContaining("secret");
	}

	private static FrameWriter writer() {
		return new FrameWriter(FrameKind.TOPIC);
	}

	@Test
	void anyInputIsReadOrRefused() {
		FrameFuzz.fuzz((body) -> FrameReader.read(body, FrameReader::text), writer().text("socket:é").frame());
	}

}
