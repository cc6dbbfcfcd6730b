package io.clusterspring.inspect;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;
import io.clusterspring.wire.MalformedFrameException.UnknownFrameException;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the bytes of {@link InspectionFrame}s.
 */
class InspectionFrameTests {

	private final Map<String, InspectionFrame> frames = new LinkedHashMap<>();

	InspectionFrameTests() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("user", "späße");
		fields.put("address", null);
		fields.put("bytes", -300L);
		fields.put("self", true);
		fields.put("topics", Arrays.asList("room:1", null, 7L));
		fields.put("subscriptions", Map.of("n1@h", 3L));
		this.frames.put("question",
				new InspectionFrame.Ask(-3, new Question("sockets", "abc", 300, Map.of("topic", "room:*"))));
		this.frames.put("first-question", new InspectionFrame.Ask(4, new Question("nodes", "", 1, Map.of())));
		this.frames.put("action", new InspectionFrame.Act(5,
				new Question("sockets/disconnect", "", Question.LARGEST, Map.of("user", "späße"))));
		this.frames.put("page", new InspectionFrame.Answer(-3,
				new Page(List.of(new Item("a", fields), new Item("b", Map.of())), true)));
		this.frames.put("empty-page", new InspectionFrame.Answer(4, Page.EMPTY));
		this.frames.put("farewell", new InspectionFrame.Farewell(0));
		this.frames.put("refusal", new InspectionFrame.Refusal(4, "does not know this question"));
	}

	@Test
	void framesAreAsRecorded() {
		RecordedFrames.check(FrameKind.INSPECTION, this.frames, InspectionFrame::encode, InspectionFrame::decode);
	}

	@Test
	void laterFieldsAreSkipped() {
		RecordedFrames.checkExtended(FrameKind.INSPECTION, InspectionFrame::encode, InspectionFrame::decode);
	}

	@Test
	void whatIsReadIsWhatWasWritten() {
		this.frames.forEach((name, frame) -> assertThat(decode(frame.encode())).as(name).isEqualTo(frame));
	}

	@Test
	void hostileFramesAreRefused() {
		FrameFuzz.fuzz(InspectionFrame::decode,
				this.frames.values().stream().map(InspectionFrame::encode).toArray(byte[][]::new));
	}

	@Test
	void pagesThatNoNodeSendsAreRefused() {
		Item a = new Item("a", Map.of());
		Item b = new Item("b", Map.of());
		for (Page page : List.of(new Page(List.of(b, a), false), new Page(List.of(a, a), false),
				new Page(List.of(), true))) {
			byte[] frame = new InspectionFrame.Answer(1, page).encode();
			assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decode(frame));
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "0, 1001", "4, 0", "4, 1001" })
	void questionsThatNoNodeAsksAreRefused(int sort, int limit) {
		byte[] frame = new FrameWriter(FrameKind.INSPECTION).octet(sort)
			.longNumber(1)
			.text("nodes")
			.text("")
			.number(limit)
			.number(0)
			.frame();
		assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decode(frame));
	}

	@Test
	void valuesThatAreTooDeepAreRefused() {
		Object deep = List.of();
		for (int i = 0; i < ItemCodec.DEEPEST; i++) {
			deep = List.of(deep);
		}
		byte[] frame = new InspectionFrame.Answer(1, new Page(List.of(new Item("a", Map.of("deep", deep))), false))
			.encode();
		assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decode(frame))
			.withMessage("values are too deep");
	}

	@Test
	void laterSortIsUnknown() {
		byte[] frame = new FrameWriter(FrameKind.INSPECTION).octet(5).frame();
		assertThatExceptionOfType(UnknownFrameException.class).isThrownBy(() -> decode(frame));
	}

	private static InspectionFrame decode(byte[] frame) {
		ByteBuffer body = FrameKind.body(frame);
		return InspectionFrame.decode(body);
	}

}
