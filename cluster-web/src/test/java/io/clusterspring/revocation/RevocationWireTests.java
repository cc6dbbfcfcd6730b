package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the frames about revocations: release 0.1.0 writes and reads the same bytes.
 */
class RevocationWireTests {

	private static final long NOW = TimeUnit.DAYS.toNanos(3);

	@Test
	void theDisconnectFrameIsThatOfTheFirstRelease() {
		RecordedFrames.check(FrameKind.DISCONNECT, Map.of("user", "usér:7"), RevocationFrame::disconnect,
				RevocationFrame::disconnected);
		RecordedFrames.checkExtended(FrameKind.DISCONNECT, RevocationFrame::disconnect, RevocationFrame::disconnected);
	}

	@Test
	void theRevocationFrameIsThatOfTheFirstRelease() {
		Map<String, List<Revocation>> frames = new LinkedHashMap<>();
		frames.put("socket-id", List.of(Revocation.earlier(RevocationKey.socketId("usér:7"), ago(300))));
		frames.put("users", List.of(Revocation.earlier(RevocationKey.socketUser("añn"), ago(0)),
				Revocation.earlier(RevocationKey.stompUser("bob"), ago(1))));
		String hash = SessionHash.of("0123");
		frames.put("sessions",
				List.of(Revocation.ended(hash, ago(0)), Revocation.earlier(RevocationKey.session(hash), ago(0)),
						Revocation.renamed(hash, SessionHash.of("4567"), ago(20_000))));
		RecordedFrames.check(FrameKind.REVOCATION, frames, RevocationWireTests::write, RevocationWireTests::read);
		RecordedFrames.checkExtended(FrameKind.REVOCATION, RevocationWireTests::write, RevocationWireTests::read);
	}

	@Test
	void idOfASessionIsNotInTheFrame() {
		String id = "3F2504E04F8941D39A0C0305E82C3301";
		byte[] frame = write(List.of(Revocation.ended(SessionHash.of(id), NOW)));
		assertThat(new String(frame, StandardCharsets.ISO_8859_1)).doesNotContain(id, id.substring(4));
		assertThat(SessionHash.of(id)).hasSize(43).isNotEqualTo(SessionHash.of(id + "1"));
	}

	@Test
	void revocationOfALaterReleaseIsLeftOut() {
		List<int[]> sorts = List.of(new int[] { 4, 0 }, new int[] { 3, 5 }, new int[] { 1, 0 });
		byte[] frame = new FrameWriter(FrameKind.REVOCATION)
			.records(sorts, (to, sort) -> to.octet(sort[0]).octet(sort[1]).number(0).text("x"))
			.frame();
		assertThat(read(FrameKind.body(frame))).containsExactly(Revocation.earlier(RevocationKey.socketUser("x"), NOW));
	}

	@Test
	void questionAndItsAnswerWithoutNames() {
		byte[] asked = write(List.of(Revocation.asked(ago(1500))));
		assertThat(HexFormat.of().formatHex(asked)).isEqualTo("0a01" + "01" + "05" + "0304dc0b00");
		assertThat(read(FrameKind.body(asked))).containsExactly(Revocation.asked(ago(1500)));
		byte[] all = write(List.of(Revocation.all(ago(1))));
		assertThat(HexFormat.of().formatHex(all)).isEqualTo("0a01" + "01" + "04" + "03030100");
		assertThat(read(FrameKind.body(all))).containsExactly(Revocation.all(ago(1)));
	}

	@Test
	void revocationThatMeansNothingIsLeftOut() {
		byte[] frame = new FrameWriter(FrameKind.REVOCATION)
			.records(List.of(0, 1, 2), (to, subject) -> to.octet(subject).octet(1).number(0).text("x"))
			.frame();
		assertThat(read(FrameKind.body(frame))).isEmpty();
	}

	@Test
	void timeOfARevocationIsNeitherInTheFutureNorBeforeAllTimes() {
		byte[] frame = new FrameWriter(FrameKind.REVOCATION)
			.records(List.of(Long.MAX_VALUE), (to, age) -> to.octet(1).octet(0).number(age).text("x"))
			.frame();
		assertThat(read(FrameKind.body(frame))).singleElement()
			.satisfies((revocation) -> assertThat(revocation.at()).isEqualTo(ago(TimeUnit.DAYS.toMillis(1))));
		byte[] future = RevocationFrame.encode(List.of(Revocation.earlier(RevocationKey.socketId("x"), NOW + 5)), NOW);
		assertThat(read(FrameKind.body(future))).singleElement()
			.satisfies((revocation) -> assertThat(revocation.at()).isEqualTo(NOW));
	}

	@Test
	void malformedFramesAreRefused() {
		assertThatExceptionOfType(MalformedFrameException.class)
			.isThrownBy(() -> read(ByteBuffer.wrap(new byte[] { 1, 9, 3 })));
		List<byte[]> frames = new ArrayList<>(RecordedFrames.recorded("revocation").values());
		FrameFuzz.fuzz((body) -> RevocationFrame.decode(body, NOW), frames.toArray(byte[][]::new));
		FrameFuzz.fuzz((body) -> FrameReader.read(body, FrameReader::text), RevocationFrame.disconnect("user:é"));
	}

	private static long ago(long millis) {
		return NOW - TimeUnit.MILLISECONDS.toNanos(millis);
	}

	private static byte[] write(List<Revocation> revocations) {
		return RevocationFrame.encode(revocations, NOW);
	}

	private static List<Revocation> read(ByteBuffer body) {
		return RevocationFrame.decode(body, NOW);
	}

}
