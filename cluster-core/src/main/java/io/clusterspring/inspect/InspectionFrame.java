package io.clusterspring.inspect;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * A question to another node, or its answer. Version 1 of the format: a byte for the sort
 * (0 question, 1 page, 2 refusal, 3 farewell, 4 action), the id of the question, and then
 * the components in order.
 */
sealed interface InspectionFrame {

	/** Return the id of the question, chosen by the node that asks. */
	long id();

	default byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.INSPECTION);
		if (this instanceof Ask ask) {
			write(out.octet(0).longNumber(ask.id), ask.question);
		}
		else if (this instanceof Answer answer) {
			out.octet(1).longNumber(answer.id).flag(answer.page.more());
			out.records(answer.page.items(), ItemCodec::write);
		}
		else if (this instanceof Refusal refusal) {
			out.octet(2).longNumber(refusal.id).text(refusal.reason);
		}
		else if (this instanceof Act act) {
			write(out.octet(4).longNumber(act.id), act.question);
		}
		else {
			out.octet(3).longNumber(id());
		}
		return out.frame();
	}

	private static void write(FrameWriter out, Question question) {
		out.text(question.section()).text(question.after()).number(question.limit());
		out.all(question.filters().entrySet(), (to, filter) -> to.text(filter.getKey()).text(filter.getValue()));
	}

	static InspectionFrame decode(ByteBuffer body) {
		return FrameReader.read(body, (in) -> {
			int sort = in.octet();
			return switch (sort) {
				case 0 -> new Ask(in.longNumber(), readQuestion(in));
				case 1 -> new Answer(in.longNumber(), readPage(in));
				case 2 -> new Refusal(in.longNumber(), in.text());
				case 3 -> new Farewell(in.longNumber());
				case 4 -> new Act(in.longNumber(), readQuestion(in));
				default -> throw FrameReader.unknown(sort);
			};
		});
	}

	private static Question readQuestion(FrameReader in) {
		return new Question(in.text(), in.text(), in.smallNumber(), readFilters(in));
	}

	private static Map<String, String> readFilters(FrameReader in) {
		Map<String, String> filters = new LinkedHashMap<>();
		in.all((from) -> filters.put(from.text(), from.text()) == null);
		return filters;
	}

	private static Page readPage(FrameReader in) {
		boolean more = in.flag();
		List<Item> items = in.records(ItemCodec::read);
		FrameReader.check(items.size() <= Question.LARGEST, "A page is too long");
		FrameReader.check(!more || !items.isEmpty(), "A page with more to follow is empty");
		for (int i = 1; i < items.size(); i++) {
			FrameReader.check(items.get(i - 1).key().compareTo(items.get(i).key()) < 0, "A page is not in order");
		}
		return new Page(items, more);
	}

	/** A question. */
	record Ask(long id, Question question) implements InspectionFrame {
	}

	/** Something to do, with the name of the action and its parameters. */
	record Act(long id, Question question) implements InspectionFrame {

	}

	/** A page of the sender. */
	record Answer(long id, Page page) implements InspectionFrame {
	}

	/** The sender is about to leave the cluster. Its id says nothing. */
	record Farewell(long id) implements InspectionFrame {
	}

	/** The sender cannot answer. */
	record Refusal(long id, String reason) implements InspectionFrame {
	}

}
