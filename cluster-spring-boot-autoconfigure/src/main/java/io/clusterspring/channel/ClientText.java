package io.clusterspring.channel;

/**
 * What a client has named, in a form that is safe to log: short, and in one line.
 */
final class ClientText {

	private static final int LONGEST = 200;

	private ClientText() {
	}

	static String show(String text) {
		StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
		text.codePoints().limit(LONGEST).map((point) -> isSafe(point) ? point : '?').forEach(shown::appendCodePoint);
		return (text.codePointCount(0, text.length()) > LONGEST) ? shown.append("...").toString() : shown.toString();
	}

	private static boolean isSafe(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
