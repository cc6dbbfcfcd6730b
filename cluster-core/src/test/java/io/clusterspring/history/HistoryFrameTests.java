package io.clusterspring.history;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Aimed;
import io.clusterspring.history.HistoryFrame.Compare;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Heads;
import io.clusterspring.history.HistoryFrame.Item;
import io.clusterspring.history.HistoryFrame.Message;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistoryFrame.Sort;
import io.clusterspring.history.HistoryFrame.State;
import io.clusterspring.history.HistoryFrame.TopicState;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HistoryFrame}.
 */
class HistoryFrameTests {

	private static final Origin A = new Origin((1L << MessagePosition.ORIGIN_BITS) - 1, Node.of("a@host"));

	private static final Origin B = new Origin(0, Node.of("b@host"));

	private static final byte[] TOPIC_FRAME = new FrameWriter(FrameKind.TOPIC).rest(new byte[] { 1, 2, 3 }).frame();

	private static final long MAX = MessagePosition.MAX_NUMBER;

	private static final HistoryFrame HEADS = new Heads(A,
			List.of(new TopicState("räume:1", List.of(new WindowState(A, 1, 8, 7))),
					new TopicState("t", List.of(new WindowState(A, MAX, MAX + 1, MAX)))));

	private static final HistoryFrame STATE = new State(300, 2, true, 5000, List.of(7L, A.id()), List.of(9L),
			List.of(new TopicState("t", List.of(new WindowState(A, 1, 3, 9), new WindowState(B, 0, 1, 0))),
					new TopicState("u", List.of(new WindowState(B, 5, 5, 5)))));

	private static final HistoryFrame LAST = new State(0, 0, false, 0, List.of(), List.of(), List.of());

	private static final HistoryFrame FETCH = new Fetch("t", A.id(), 3, 900);

	private static final HistoryFrame EMPTY = new Range("t", new WindowState(B, 0, 1, 0), List.of());

	private static final Range RANGE = new Range("t", new WindowState(A, 1, 2, 4),
			List.of(new Item(2, 0, new byte[0]), new Item(3, 70_000, new byte[] { 5 })));

	private static HistoryFrame decoded(byte[] frame) {
		return HistoryFrame.decode(FrameKind.body(frame));
	}

	@Test
	void framesAreReadAsTheyWereWritten() {
		for (HistoryFrame frame : List.of(HEADS, STATE, LAST, FETCH, EMPTY, new Compare(0), new Compare(1L << 40))) {
			assertThat(decoded(frame.encode(FrameKind.HISTORY))).isEqualTo(frame);
		}
		Range range = (Range) decoded(RANGE.encode(FrameKind.HISTORY));
		assertThat(range.window()).isEqualTo(RANGE.window());
		assertThat(range.topic()).isEqualTo("t");
		assertThat(range.items()).usingRecursiveComparison().isEqualTo(RANGE.items());
	}

	@Test
	void aMessageHasTheBytesOfTheFrameOfItsTopic() {
		for (long number : new long[] { 1, 127, 128, 1L << 30, MAX }) {
			byte[] frame = HistoryFrame.message(FrameKind.HISTORY, true, A, number, TOPIC_FRAME);
			Message message = (Message) decoded(frame);
			assertThat(message.opens()).isTrue();
			assertThat(message.origin()).isEqualTo(A.id());
			assertThat(message.number()).isEqualTo(number);
			assertThat(message.body()).isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
			assertThat(Arrays.copyOfRange(frame, frame.length - 3, frame.length)).containsExactly(1, 2, 3);
		}
		assertThat(((Message) decoded(HistoryFrame.message(FrameKind.HISTORY, false, B, 1, TOPIC_FRAME))).opens())
			.isFalse();
		assertThat(((Aimed) decoded(HistoryFrame.aimed(FrameKind.HISTORY, TOPIC_FRAME))).body())
			.isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
	}

	@Test
	void anyInputIsReadOrRefused() {
		FrameFuzz.fuzz(HistoryFrame::decode, HistoryFrame.message(FrameKind.HISTORY, true, A, 300, TOPIC_FRAME),
				HistoryFrame.aimed(FrameKind.HISTORY, TOPIC_FRAME), HEADS.encode(FrameKind.HISTORY),
				new Compare(77).encode(FrameKind.HISTORY), STATE.encode(FrameKind.HISTORY),
				LAST.encode(FrameKind.HISTORY), FETCH.encode(FrameKind.HISTORY), EMPTY.encode(FrameKind.HISTORY),
				RANGE.encode(FrameKind.HISTORY));
	}

	@Test
	void originsHave48Bits() {
		for (long origin : new long[] { 1L << 48, -1, Long.MIN_VALUE }) {
			refused(Sort.MESSAGE, (out) -> out.flag(false).longNumber(origin).number(1));
			refused(Sort.HEADS, (out) -> out.longNumber(origin).text("a@host").number(0));
			refused(Sort.FETCH, (out) -> out.text("t").longNumber(origin).number(1).number(1));
			refused(Sort.RANGE,
					(out) -> out.text("t").longNumber(origin).text("a@host").number(1).number(1).number(1).number(0));
			refused(Sort.STATE,
					(out) -> out.number(1)
						.number(0)
						.flag(true)
						.number(0)
						.number(1)
						.longNumber(origin)
						.number(0)
						.number(0));
			refused(Sort.STATE,
					(out) -> out.number(1)
						.number(0)
						.flag(true)
						.number(0)
						.number(0)
						.number(1)
						.longNumber(origin)
						.text("a@host")
						.number(0));
		}
	}

	@Test
	void numbersThatNoOriginReachesAreRefused() {
		for (long number : new long[] { 0, MAX + 1, 1L << 62, Long.MAX_VALUE }) {
			refused(Sort.MESSAGE, (out) -> out.flag(false).longNumber(1).number(number));
		}
		for (long last : new long[] { MAX + 1, 1L << 62, Long.MAX_VALUE }) {
			refused(Sort.HEADS, (out) -> out.longNumber(1).text("a@host").number(1).text("t").number(1).number(last));
			window(1, 1, last);
		}
		window(0, 0, 0);
		window(0, 3, 1);
		window(0, Long.MAX_VALUE, 1);
		window(9, 1, 5);
		window(Long.MAX_VALUE, 1, 5);
	}

	private static void window(long start, long first, long last) {
		refused(Sort.RANGE,
				(out) -> out.text("t").longNumber(1).text("a@host").number(start).number(first).number(last).number(0));
	}

	@Test
	void aRangeHasNoGap() {
		for (long second : new long[] { 2, 1, 4, MAX }) {
			Range range = new Range("t", new WindowState(A, 1, 2, MAX),
					List.of(new Item(2, 0, new byte[1]), new Item(second, 0, new byte[1])));
			assertThatExceptionOfType(MalformedFrameException.class)
				.isThrownBy(() -> decoded(range.encode(FrameKind.HISTORY)));
		}
	}

	@Test
	void anIndexOfAnOriginMustBeListed() {
		refused(Sort.STATE, (out) -> out.number(1)
			.number(0)
			.flag(true)
			.number(0)
			.number(0)
			.number(0)
			.records(List.of("t"), (to, topic) -> to.text(topic).number(1).number(0).number(1).number(1).number(1)));
	}

	@Test
	void agesAreNotNegative() {
		byte[] frame = RANGE.encode(FrameKind.HISTORY);
		assertThat(((Range) decoded(frame)).items()).allSatisfy((item) -> assertThat(item.age()).isNotNegative());
		byte[] negative = { -1, -1, -1, -1, -1, -1, -1, -1, -1, 1 };
		refused(Sort.STATE, (out) -> out.number(1).number(0).flag(true).rest(negative));
	}

	@Test
	void sortsOfALaterReleaseAreSkipped() {
		assertThatExceptionOfType(MalformedFrameException.UnknownFrameException.class)
			.isThrownBy(() -> decoded(new FrameWriter(FrameKind.HISTORY).octet(Sort.values().length).frame()));
	}

	private static void refused(Sort sort, Consumer<FrameWriter> content) {
		FrameWriter out = new FrameWriter(FrameKind.HISTORY).octet(sort.ordinal());
		content.accept(out);
		assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decoded(out.frame()));
	}

}
