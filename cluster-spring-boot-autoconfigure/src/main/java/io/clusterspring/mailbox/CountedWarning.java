package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.clusterspring.text.LogText;

/**
 * Counts what may happen too often to be logged each time, such as messages that are
 * lost: warns of the first, the second, the fourth, the eighth and so on, so that nobody
 * can fill the log. Any thread may count.
 */
public final class CountedWarning {

	private final Log logger;

	private final AtomicLong count = new AtomicLong();

	/**
	 * Create a counter at zero.
	 * @param logger takes the warnings
	 */
	public CountedWarning(Log logger) {
		this.logger = logger;
	}

	/**
	 * Count one more.
	 * @param message makes the warning of how many there have been, this one included
	 */
	public void add(LongFunction<String> message) {
		add(message, null);
	}

	/**
	 * Count one more, whose cause belongs into the log.
	 * @param message makes the warning of how many there have been, this one included
	 * @param cause the cause, {@code null} if there is none
	 */
	public void add(LongFunction<String> message, @Nullable Throwable cause) {
		count((number) -> warn(message.apply(number), cause));
	}

	/**
	 * Count one more, and have it said by other means than a warning.
	 * @param saying says that there have been so many, if it is the turn of this one
	 */
	public void count(LongConsumer saying) {
		long number = this.count.incrementAndGet();
		if (Long.bitCount(number) == 1) {
			saying.accept(number);
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

	/**
	 * Return how many there have been.
	 * @return the number
	 */
	public long count() {
		return this.count.get();
	}

}
