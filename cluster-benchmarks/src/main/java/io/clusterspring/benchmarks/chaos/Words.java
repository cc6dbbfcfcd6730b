package io.clusterspring.benchmarks.chaos;

import java.io.PrintStream;

import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol between a node and the controlling process: one line for each event or
 * answer, as JSON after a mark. All other lines are log.
 */
final class Words {

	private static final String EVENT = "@ ";

	private static final String ANSWER = "> ";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Words() {
	}

	static void event(PrintStream out, NodeEvent event) {
		say(out, EVENT, event);
	}

	static void answer(PrintStream out, Object answer) {
		say(out, ANSWER, answer);
	}

	private static void say(PrintStream out, String mark, Object value) {
		// a single write, so that other lines cannot get in between
		out.print(mark + MAPPER.writeValueAsString(value) + "\n");
		out.flush();
	}

	static boolean isEvent(String line) {
		return line.startsWith(EVENT);
	}

	static boolean isAnswer(String line) {
		return line.startsWith(ANSWER);
	}

	static NodeEvent event(String line) {
		return MAPPER.readValue(line.substring(EVENT.length()), NodeEvent.class);
	}

	static <T> T answer(String line, Class<T> type) {
		return MAPPER.readValue(line.substring(ANSWER.length()), type);
	}

}
