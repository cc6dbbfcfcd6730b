package io.clusterspring.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from clients and other nodes safe to log: short, on one line, and without
 * control sequences of terminals. All log lines and exception messages that show such
 * text use this class.
 */
public final class LogText {

	private static final int LONGEST = 200;

	private static final int LONGEST_LINE = 2000;

	/** The most bytes of a character in UTF-8. */
	private static final int MOST_BYTES = 4;

	private LogText() {
	}

	/**
	 * Return a text in a form that is safe to log.
	 * @param text anything; its text form is taken
	 * @return at most 200 characters of it, with {@code ?} in place of each that could
	 * forge or hide a line
	 */
	public static String of(@Nullable Object text) {
		return clean(String.valueOf(text), LONGEST);
	}

	/**
	 * Return a sentence of this program that quotes foreign text, in a form that is safe
	 * to log.
	 * @return at most 2,000 characters of it, in one line
	 */
	public static String line(@Nullable String sentence) {
		return clean(String.valueOf(sentence), LONGEST_LINE);
	}

	/**
	 * Return a failure in a form that is safe to log. The messages of exceptions, which a
	 * stack trace shows, often quote what was received.
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
	 * Return bytes that should be text in UTF-8, in a form that is safe to log.
	 * @return their text, with replacements where they are not UTF-8
	 */
	public static String of(byte[] bytes) {
		return of(new String(bytes, StandardCharsets.UTF_8));
	}

	/**
	 * Return the beginning of what should be text in UTF-8, in a form that is safe to
	 * show.
	 * @param longest how many characters at most
	 * @return its text, with replacements where it is not UTF-8
	 */
	public static String beginning(ByteBuffer utf8, int longest) {
		byte[] bytes = new byte[Math.min(utf8.remaining(), MOST_BYTES * (longest + 1))];
		utf8.duplicate().get(bytes);
		return clean(new String(bytes, StandardCharsets.UTF_8), longest);
	}

	private static boolean isSafe(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

	/** Stands for a failure in the log, with messages that are safe to show. */
	private static final class ShownFailure extends Throwable {

		private static final int DEEPEST = 20;

		private final String shown;

		private ShownFailure(Throwable failure, int depth) {
			super(null, cause(failure, depth), true, true);
			String message = failure.getLocalizedMessage();
			String type = failure.getClass().getName();
			this.shown = (message != null) ? type + ": " + LogText.line(message) : type;
			setStackTrace(failure.getStackTrace());
			if (depth < DEEPEST) {
				for (Throwable suppressed : failure.getSuppressed()) {
					addSuppressed(new ShownFailure(suppressed, depth + 1));
				}
			}
		}

		private static @Nullable ShownFailure cause(Throwable failure, int depth) {
			Throwable cause = failure.getCause();
			return (cause != null && depth < DEEPEST) ? new ShownFailure(cause, depth + 1) : null;
		}

		static ShownFailure of(Throwable failure) {
			return new ShownFailure(failure, 0);
		}

		/**
		 * Return whether a failure can be shown as it is.
		 * @return {@code false} if its text, or that of a cause or suppressed failure,
		 * could forge a line
		 */
		static boolean isSafe(Throwable failure) {
			return isSafe(failure, 0);
		}

		private static boolean isSafe(Throwable failure, int depth) {
			String text = failure.toString();
			if (depth >= DEEPEST || !LogText.line(text).equals(text)) {
				return false;
			}
			for (Throwable suppressed : failure.getSuppressed()) {
				if (!isSafe(suppressed, depth + 1)) {
					return false;
				}
			}
			Throwable cause = failure.getCause();
			return cause == null || isSafe(cause, depth + 1);
		}

		@Override
		public String toString() {
			return this.shown;
		}

	}

}
