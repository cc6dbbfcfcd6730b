package io.clusterspring.text;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What a client or another node has sent, in a form that is safe to log: short, in one
 * line, and without what a terminal would obey. All log lines and messages of exceptions
 * that show such text take it from here.
 */
public final class LogText {

	private static final int LONGEST = 200;

	private LogText() {
	}

	/**
	 * Return a text as it may be logged.
	 * @param text anything; its text form is taken
	 * @return at most 200 characters of it, with {@code ?} for each that could forge a
	 * line or hide one
	 */
	public static String of(@Nullable Object text) {
		String whole = String.valueOf(text);
		StringBuilder shown = new StringBuilder(Math.min(whole.length(), LONGEST) + 3);
		int taken = 0;
		int i = 0;
		while (i < whole.length() && taken < LONGEST) {
			int point = whole.codePointAt(i);
			shown.appendCodePoint(isSafe(point) ? point : '?');
			i += Character.charCount(point);
			taken++;
		}
		return (i < whole.length()) ? shown.append("...").toString() : shown.toString();
	}

	/**
	 * Return bytes that should be text in UTF-8 as they may be logged.
	 * @param bytes any bytes
	 * @return their text, with replacements where they are none
	 */
	public static String of(byte[] bytes) {
		return of(new String(bytes, StandardCharsets.UTF_8));
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
