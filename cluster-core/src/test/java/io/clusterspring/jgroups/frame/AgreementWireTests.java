package io.clusterspring.jgroups.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ViewId;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.MessageBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.view.AgreementHeader;
import io.clusterspring.jgroups.view.AgreementHeader.Line;
import io.clusterspring.jgroups.view.ViewAgreement;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the agreement of views as release 0.1.0 sends it, and for the additions that
 * a later release may make.
 */
@ExtendWith(OutputCaptureExtension.class)
class AgreementWireTests {

	private static final Address N1 = address("n1@h", 1);

	private static final Address N2 = address("n2@h", 2);

	private static final Map<String, byte[]> AGREEMENT = RecordedFrames.recorded("agreement");

	// of the protocol and of the header
	private static final int IDS = 2 * Short.BYTES;

	private static final int LENGTH = IDS + 1;

	private static final int KIND = LENGTH + Integer.BYTES;

	private static final int FIRST_LINE = KIND + 1 + Long.BYTES + Short.BYTES;

	private final FrameWall wall = WireSamples.wall();

	private final RefusedFrames refused = new RefusedFrames();

	private final ViewAgreement agreement = new ViewAgreement(8000, 2000, Set::of, this.refused, new EngineFailures());

	@Test
	void theAgreementOfViewsIsWrittenAndReadAsInTheFirstRelease() {
		Map<String, AgreementHeader> headers = new LinkedHashMap<>();
		Line cut = new Line(new ViewId(N1, 7), List.of(N2));
		headers.put("report", new AgreementHeader(AgreementHeader.REPORT, 0, List.of(cut)));
		headers.put("empty-report", new AgreementHeader(AgreementHeader.REPORT, 0, List.of()));
		headers.put("view", new AgreementHeader(AgreementHeader.VIEW, 8000, List.of(line(N1, 300, N1, N2))));
		headers.put("question", new AgreementHeader(AgreementHeader.QUESTION, 3, List.of(line(N1, 3, N1, N2))));
		headers.put("answer",
				new AgreementHeader(AgreementHeader.ANSWER, 3, List.of(line(N1, 300, N2), line(N2, 8000))));
		headers.put("probe", new AgreementHeader(AgreementHeader.PROBE, -2, List.of()));
		headers.put("echo", new AgreementHeader(AgreementHeader.ECHO, Long.MAX_VALUE, List.of()));
		headers.forEach((name, header) -> RecordedFrames.check("agreement", name, bytes(header), AGREEMENT.get(name)));
		assertThat(headers.keySet()).containsExactlyElementsOf(AGREEMENT.keySet());
		AGREEMENT.forEach((name, recorded) -> assertThat(bytes(read(recorded))).as(name).isEqualTo(recorded));
		assertThat(read(AGREEMENT.get("report")).lines()).containsExactly(cut);
	}

	@Test
	void whatALaterReleaseAddsToTheAgreementIsSkipped() throws Exception {
		for (byte[] recorded : AGREEMENT.values()) {
			byte[] later = withLonger(recorded, LENGTH);
			check(later);
			assertThat(bytes(read(later))).isEqualTo(recorded);
		}
	}

	@Test
	void whatALaterReleaseAddsToALineOfTheAgreementIsSkipped() throws Exception {
		byte[] recorded = AGREEMENT.get("report");
		byte[] later = withLonger(recorded, LENGTH, FIRST_LINE);
		check(later);
		assertThat(bytes(read(later))).isEqualTo(recorded);
	}

	@Test
	void anAgreementThatIsShorterThanItSaysIsRefused() {
		for (byte[] recorded : AGREEMENT.values()) {
			for (int length = IDS; length < recorded.length; length++) {
				byte[] cut = Arrays.copyOf(recorded, length);
				assertThatExceptionOfType(RefusedFrameException.class).isThrownBy(() -> check(cut));
			}
		}
	}

	@Test
	void anotherVersionOfTheAgreementIsSkippedAndCounted(CapturedOutput output) throws Exception {
		byte[] later = AGREEMENT.get("report").clone();
		later[IDS] = 2;
		check(later);
		assertThat(this.agreement.up(message(later))).isNull();
		later[IDS] = (byte) 200;
		check(later);
		MessageBatch batch = new MessageBatch(2);
		batch.add(message(later)).add(message(AGREEMENT.get("echo")));
		this.agreement.up(batch);
		assertThat(batch.isEmpty()).isTrue();
		assertThat(this.refused.skipped()).isEqualTo(2);
		assertThat(output).contains("about the agreement of views (version 2): 1 such message(s) so far. "
				+ "Does it run a later release? See docs/upgrading.md");
	}

	@Test
	void anotherSortOfAgreementIsSkippedAndCounted(CapturedOutput output) throws Exception {
		byte[] later = AGREEMENT.get("echo").clone();
		later[KIND] = 7;
		check(later);
		assertThat(this.agreement.up(message(later))).isNull();
		assertThat(this.refused.skipped()).isOne();
		assertThat(output).contains("about the agreement of views (sort 7)");
	}

	@Test
	void anotherVersionOfTheAgreementMayHaveAPayload() throws Exception {
		byte[] later = AGREEMENT.get("report").clone();
		later[IDS] = 2;
		byte[] frame = WireSamples.frame(Message.BYTES_MSG, N2, ViewAgreement.ID, AgreementHeader.MAGIC, (out) -> {
			out.write(later, IDS, later.length - IDS);
			out.writeInt(3);
			out.write(new byte[3]);
		});
		this.wall.check(frame, 0, frame.length);
	}

	private static Address address(String node, int number) {
		return new ExtendedUUID((long) number << 32, number).put("node", node.getBytes(StandardCharsets.UTF_8));
	}

	private static Line line(Address member, long number, Address... members) {
		return new Line(new ViewId(member, number), List.of(members));
	}

	private static byte[] bytes(AgreementHeader header) {
		byte[] bytes = WireSamples.bytes((out) -> {
			out.writeShort(ViewAgreement.ID);
			out.writeShort(header.getMagicId());
			header.writeTo(out);
		});
		assertThat(bytes).hasSize(IDS + header.serializedSize());
		return bytes;
	}

	private static AgreementHeader read(byte[] bytes) {
		AgreementHeader header = new AgreementHeader();
		try {
			header.readFrom(new ByteArrayDataInputStream(bytes, IDS, bytes.length - IDS));
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
		return header;
	}

	private static byte[] withLonger(byte[] bytes, int... lengths) {
		ByteBuffer grown = ByteBuffer.allocate(bytes.length + 3).put(bytes);
		for (int length : lengths) {
			grown.putInt(length, grown.getInt(length) + 3);
		}
		return grown.array();
	}

	private static Message message(byte[] header) {
		return new EmptyMessage(N2).setSrc(N1).putHeader(ViewAgreement.ID, read(header));
	}

	private void check(byte[] header) throws RefusedFrameException {
		byte[] frame = WireSamples.frame(Message.EMPTY_MSG, N2, ViewAgreement.ID, AgreementHeader.MAGIC,
				(out) -> out.write(header, IDS, header.length - IDS));
		this.wall.check(frame, 0, frame.length);
	}

}
