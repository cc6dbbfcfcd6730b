package io.clusterspring.text;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure in the log, with messages that are safe to show.
 */
final class ShownFailure extends Throwable {

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
	 * @return {@code false} if its text, or that of a cause or suppressed failure, could
	 * forge a line
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
