package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.clusterspring.text.LogText;

/**
 * Counts events that may be too many for the log, such as lost messages. Warns of the
 * first, the second, the fourth, the eighth and so on, so that nobody can fill the log.
 * Thread-safe.
 */
public final class CountedWarning {

	private final Log logger;

	private final AtomicLong count = new AtomicLong();

	/** Create a counter at zero. */
	public CountedWarning(Log logger) {
		this.logger = logger;
	}

	/**
	 * Count one more.
	 * @param message creates the warning from the count, this one included
	 */
	public void add(LongFunction<String> message) {
		add(message, null);
	}

	/**
	 * Count one more, with a cause for the log.
	 * @param message creates the warning from the count, this one included
	 */
	public void add(LongFunction<String> message, @Nullable Throwable cause) {
		count((number) -> warn(message.apply(number), cause));
	}

	/**
	 * Count one more, and report it other than by a warning.
	 * @param report reports the count, if this one is to be reported
	 */
	public void count(LongConsumer report) {
		long number = this.count.incrementAndGet();
		if (Long.bitCount(number) == 1) {
			report.accept(number);
		}
	}

	private void warn(String message, @Nullable Throwable cause) {
		if (cause != null) {
			this.logger.warn(message, LogText.failure(cause));
		}
		else {
			this.logger.warn(message);
		}
	}

	public long count() {
		return this.count.get();
	}

}
