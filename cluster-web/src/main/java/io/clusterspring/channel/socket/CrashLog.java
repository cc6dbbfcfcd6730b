package io.clusterspring.channel.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.UnexpectedMessageException;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.text.LogText;

/**
 * Logs the crashes of channels. A client can cause crashes as often as it likes. So for
 * each handler and cause, only the 1st, 2nd, 4th, 8th crash and so on are logged.
 * Thread-safe.
 */
final class CrashLog {

	private static final Log logger = LogFactory.getLog(CrashLog.class);

	/** A cause is a place in the code. Causes beyond this number are counted as one. */
	private static final int MAX_CAUSES = 500;

	private static final Cause OTHER = new Cause(null, Throwable.class, "");

	private final LongAdder count = new LongAdder();

	private final Map<Cause, CountedWarning> causes = new ConcurrentHashMap<>();

	/**
	 * Count a crash, and log it if it is due.
	 * @param text supplies the step and the channel
	 * @param failure the cause
	 */
	void add(Object handler, Supplier<String> text, Throwable failure) {
		this.count.increment();
		boolean client = failure instanceof UnexpectedMessageException;
		Cause cause = new Cause(handler, failure.getClass(),
				client ? String.valueOf(failure.getMessage()) : place(failure));
		boolean known = this.causes.size() < MAX_CAUSES || this.causes.containsKey(cause);
		this.causes.computeIfAbsent(known ? cause : OTHER, (added) -> new CountedWarning(logger)).count((count) -> {
			String often = (count > 1) ? " (" + count + " times so far for this reason)" : "";
			if (client) {
				logger.warn(text.get() + ": " + LogText.of(String.valueOf(failure.getMessage())) + often);
			}
			else {
				logger.error(text.get() + often, LogText.failure(failure));
			}
		});
	}

	/**
	 * Return the number of crashes.
	 * @return the number since the start
	 */
	long count() {
		return this.count.sum();
	}

	private static String place(Throwable failure) {
		StackTraceElement[] stack = failure.getStackTrace();
		return (stack.length > 0) ? stack[0].toString() : "";
	}

	private record Cause(@Nullable Object handler, Class<?> type, String place) {
	}

}
