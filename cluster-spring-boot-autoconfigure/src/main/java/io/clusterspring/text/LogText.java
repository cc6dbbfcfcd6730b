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

	private static final int LONGEST_LINE = 2000;

	private LogText() {
	}

	/**
	 * Return a text as it may be logged.
	 * @param text anything; its text form is taken
	 * @return at most 200 characters of it, with {@code ?} for each that could forge a
	 * line or hide one
	 */
	public static String of(@Nullable Object text) {
		return clean(String.valueOf(text), LONGEST);
	}

	/**
	 * Return a sentence of our own that has something foreign in it as it may be logged.
	 * @param sentence the sentence
	 * @return at most 2,000 characters of it, in one line
	 */
	public static String line(@Nullable String sentence) {
		return clean(String.valueOf(sentence), LONGEST_LINE);
	}

	/**
	 * Return a failure as it may be logged: the messages of exceptions, which a stack
	 * trace shows, often have in them what was received.
	 * @param failure the failure
	 * @return the failure itself, unless a message in it could forge a line; then one
	 * that shows the same types and stack traces
	 */
	public static Throwable failure(Throwable failure) {
		return ShownFailure.isSafe(failure) ? failure : ShownFailure.of(failure);
	}

	private static String clean(String whole, int longest) {
		StringBuilder shown = new StringBuilder(Math.min(whole.length(), longest) + 3);
		int taken = 0;
		int i = 0;
		while (i < whole.length() && taken < longest) {
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
