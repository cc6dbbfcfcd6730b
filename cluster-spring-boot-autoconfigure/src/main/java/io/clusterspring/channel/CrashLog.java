package io.clusterspring.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.text.LogText;

/**
 * Logs what crashes channels. A client can make one crash as often as it likes, so of
 * each handler and cause only the first, the second, the fourth, the eighth crash and so
 * on are logged. Thread-safe.
 */
final class CrashLog {

	private static final Log logger = LogFactory.getLog(CrashLog.class);

	/** Causes are places in the code; more than so many count as one. */
	private static final int MOST = 500;

	private static final Cause OTHER = new Cause(null, Throwable.class, "");

	private final Map<Cause, CountedWarning> causes = new ConcurrentHashMap<>();

	/**
	 * Log a crash, if it is its turn.
	 * @param handler what has crashed
	 * @param text what it was about, and where
	 * @param failure why
	 */
	void add(Object handler, String text, Throwable failure) {
		boolean client = failure instanceof UnexpectedMessageException;
		Cause cause = new Cause(handler, failure.getClass(),
				client ? String.valueOf(failure.getMessage()) : place(failure));
		boolean known = this.causes.size() < MOST || this.causes.containsKey(cause);
		this.causes.computeIfAbsent(known ? cause : OTHER, (added) -> new CountedWarning(logger)).count((count) -> {
			String often = (count > 1) ? " (" + count + " times so far for this reason)" : "";
			if (client) {
				logger.warn(text + ": " + LogText.of(String.valueOf(failure.getMessage())) + often);
			}
			else {
				logger.error(text + often, LogText.failure(failure));
			}
		});
	}

	private static String place(Throwable failure) {
		StackTraceElement[] stack = failure.getStackTrace();
		return (stack.length > 0) ? stack[0].toString() : "";
	}

	private record Cause(@Nullable Object handler, Class<?> type, String place) {
	}

}
