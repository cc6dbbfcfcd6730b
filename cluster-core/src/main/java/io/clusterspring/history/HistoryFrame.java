package io.clusterspring.history;

import java.nio.ByteBuffer;
import java.util.List;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

/**
 * The frames of histories between nodes, version 1. The first byte of the body is the
 * sort.
 *
 * <pre>
 * 0 message   flag: the first message that the origin counts on the topic; origin (8
 *             bytes); number; the body of a frame of kind "topic"
 * 1 aimed     the body of a frame of kind "topic", which is not kept
 * 2 heads     origin and the name of its node; list of topics: text, first number ever,
 *             last number
 * 3 compare   token: "what do you have?"
 * 4 state     token; number of the part; flag: the last part; age in ms of what was
 *             forgotten, 0 if nothing was; list of forgotten origins; list of origins that
 *             the node has heard of, its own last; list of origins: 8
 *             bytes and the name of the node; records of topics: text; list of windows:
 *             index of the origin, first number ever, first and last number kept
 * 5 fetch     topic, origin, from, to
 * 6 range     topic; origin and the name of its node; first number ever; first and last
 *             number kept; records: number, age in ms, the body of a "topic" frame
 * </pre>
 */
sealed interface HistoryFrame {

	/** The size of a part of a longer answer, in bytes. */
	int PART = 256 * 1024;

	/** The longest name of a topic on the wire. */
	int MAX_TOPIC = 0xFFFF;

	/** The longest name of a node on the wire. */
	int MAX_NODE = 1024;

	/**
	 * Write the frame.
	 * @param kind the kind of frames of its space
	 */
	byte[] encode(FrameKind kind);

	/**
	 * Write a message.
	 * @param kind the kind of frames of its space
	 * @param topicFrame a frame of kind "topic", whose body becomes a part of this frame
	 */
	static byte[] message(FrameKind kind, boolean opens, Origin origin, long number, byte[] topicFrame) {
		int body = topicFrame.length - FrameKind.HEADER;
		int head = 1 + 1 + Long.BYTES + FrameWriter.sizeOf(0);
		FrameWriter out = new FrameWriter(kind, head + FrameWriter.numberSize(number) - 1 + body);
		out.octet(Sort.MESSAGE.ordinal()).flag(opens).longNumber(origin.id()).number(number);
		return out.rest(topicFrame, FrameKind.HEADER, body).frame();
	}

	/** Write a message that is not kept. */
	static byte[] aimed(FrameKind kind, byte[] topicFrame) {
		int body = topicFrame.length - FrameKind.HEADER;
		return new FrameWriter(kind, 1 + body).octet(Sort.AIMED.ordinal())
			.rest(topicFrame, FrameKind.HEADER, body)
			.frame();
	}

	private static FrameWriter begin(FrameKind kind, Sort sort) {
		return new FrameWriter(kind).octet(sort.ordinal());
	}

	/**
	 * Read a frame.
	 * @throws MalformedFrameException if it cannot be read
	 */
	static HistoryFrame decode(ByteBuffer frame) {
		return FrameReader.read(frame, (in) -> switch (in.oneOf(Sort.values())) {
			case MESSAGE -> new Message(in.flag(), origin(in), messageNumber(in), in.sharedRest());
			case AIMED -> new Aimed(in.sharedRest());
			case HEADS -> heads(in);
			case COMPARE -> new Compare(in.number());
			case STATE -> State.read(in);
			case FETCH -> new Fetch(in.text(MAX_TOPIC), origin(in), in.number(), in.number());
			case RANGE -> Range.read(in);
		});
	}

	private static long origin(FrameReader in) {
		long origin = in.longNumber();
		FrameReader.check(origin >>> MessagePosition.ORIGIN_BITS == 0, "an origin is too long");
		return origin;
	}

	private static long messageNumber(FrameReader in) {
		long number = in.number();
		FrameReader.check(number > 0 && number <= MessagePosition.MAX_NUMBER,
				"the number of a message is not possible");
		return number;
	}

	private static Heads heads(FrameReader in) {
		Origin origin = new Origin(origin(in), node(in));
		return new Heads(origin, in.all((from) -> {
			String topic = from.text(MAX_TOPIC);
			long start = from.number();
			long last = from.number();
			return new TopicState(topic, List.of(checked(new WindowState(origin, start, last + 1, last))));
		}));
	}

	private static Node node(FrameReader in) {
		return Node.of(in.text(MAX_NODE));
	}

	private static WindowState checked(WindowState window) {
		FrameReader.check(
				window.last() <= MessagePosition.MAX_NUMBER && window.first() >= 1
						&& window.first() <= window.last() + 1 && window.start() <= window.last() + 1,
				"a window is not possible");
		return window;
	}

	/** The sorts of frames. */
	enum Sort {

		MESSAGE, AIMED, HEADS, COMPARE, STATE, FETCH, RANGE

	}

	/** A message with its number. */
	record Message(boolean opens, long origin, long number, ByteBuffer body) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			throw new UnsupportedOperationException();
		}

	}

	/** A message for the subscribers of one node. */
	record Aimed(ByteBuffer body) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			throw new UnsupportedOperationException();
		}

	}

	/** The last numbers of an origin: the sender, or a node that has gone. */
	record Heads(Origin origin, List<TopicState> topics) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			return begin(kind, Sort.HEADS).longNumber(this.origin.id())
				.text(this.origin.node().toString())
				.all(this.topics, (to, topic) -> {
					WindowState window = topic.windows().get(0);
					to.text(topic.topic()).number(window.start()).number(window.last());
				})
				.frame();
		}

	}

	/** Asks what a node has. */
	record Compare(long token) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			return begin(kind, Sort.COMPARE).number(this.token).frame();
		}

	}

	/** The windows that a node has of a topic. */
	record TopicState(String topic, List<WindowState> windows) {

		int size() {
			return this.topic.length() + 32 * this.windows.size();
		}

	}

	/**
	 * A part of what a node has.
	 *
	 * @param forgottenAge how many milliseconds ago the last messages were published that
	 * the node has forgotten, 0 if it has forgotten nothing
	 * @param known the origins that the node has heard of, its own last
	 */
	record State(long token, int part, boolean end, long forgottenAge, List<Long> forgotten, List<Long> known,
			List<TopicState> topics) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			List<Origin> origins = this.topics.stream()
				.flatMap((topic) -> topic.windows().stream())
				.map(WindowState::origin)
				.distinct()
				.toList();
			return begin(kind, Sort.STATE).number(this.token)
				.number(this.part)
				.flag(this.end)
				.number(this.forgottenAge)
				.all(this.forgotten, FrameWriter::longNumber)
				.all(this.known, FrameWriter::longNumber)
				.all(origins, (to, origin) -> to.longNumber(origin.id()).text(origin.node().toString()))
				.records(this.topics,
						(to, topic) -> to.text(topic.topic())
							.all(topic.windows(),
									(each, window) -> each.number(origins.indexOf(window.origin()))
										.number(window.start())
										.number(window.first())
										.number(window.last())))
				.frame();
		}

		private static State read(FrameReader in) {
			long token = in.number();
			int part = in.smallNumber();
			boolean end = in.flag();
			long age = in.number();
			List<Long> forgotten = in.all(HistoryFrame::origin);
			List<Long> known = in.all(HistoryFrame::origin);
			List<Origin> origins = in.all((from) -> new Origin(origin(from), node(from)));
			return new State(token, part, end, age, forgotten, known, in
				.records((from) -> new TopicState(from.text(MAX_TOPIC), from.all((each) -> window(each, origins)))));
		}

		private static WindowState window(FrameReader in, List<Origin> origins) {
			int index = in.smallNumber();
			FrameReader.check(index < origins.size(), "an origin is not listed");
			return checked(new WindowState(origins.get(index), in.number(), in.number(), in.number()));
		}

	}

	/** Asks for messages. */
	record Fetch(String topic, long origin, long from, long to) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			return begin(kind, Sort.FETCH).text(this.topic)
				.longNumber(this.origin)
				.number(this.from)
				.number(this.to)
				.frame();
		}

	}

	/** A message of a range. */
	record Item(long number, long age, byte[] body) {
	}

	/** Messages of one origin, without a gap. */
	record Range(String topic, WindowState window, List<Item> items) implements HistoryFrame {

		@Override
		public byte[] encode(FrameKind kind) {
			return begin(kind, Sort.RANGE).text(this.topic)
				.longNumber(this.window.origin().id())
				.text(this.window.origin().node().toString())
				.number(this.window.start())
				.number(this.window.first())
				.number(this.window.last())
				.records(this.items, (to, item) -> to.number(item.number()).number(item.age()).rest(item.body()))
				.frame();
		}

		private static Range read(FrameReader in) {
			String topic = in.text(MAX_TOPIC);
			Origin origin = new Origin(origin(in), node(in));
			WindowState window = checked(new WindowState(origin, in.number(), in.number(), in.number()));
			List<Item> items = in.records((from) -> new Item(messageNumber(from), from.number(), from.rest()));
			for (int i = 1; i < items.size(); i++) {
				FrameReader.check(items.get(i).number() == items.get(0).number() + i, "a range has a gap");
			}
			return new Range(topic, window, items);
		}

	}

}
