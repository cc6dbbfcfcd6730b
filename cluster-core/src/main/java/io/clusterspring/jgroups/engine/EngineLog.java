package io.clusterspring.jgroups.engine;

import org.jgroups.logging.Log;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.EngineFailures;

/**
 * The log of a part of the engine. Wherever JGroups catches what was thrown, an
 * {@link Error} as well, it logs it and goes on: so this is the one place at which all of
 * them can be seen. They are kept before a line is made of them, for which there may be
 * no memory; everything else is logged as ever, but for one line that is no error.
 *
 * <p>
 * Replaces a log because it is all that hears of an Error (JGRP-3034 is about the logging
 * only: docs/upstream.md#errors-that-are-swallowed), and for the line about good-byes
 * (not reported yet: docs/upstream.md#an-error-at-each-good-bye). This can go once a
 * channel tells what was caught, and that line is no error.
 */
final class EngineLog implements Log {

	private final Log log;

	private final String part;

	private final EngineFailures failures;

	/**
	 * Create a log.
	 * @param log where everything is logged that is no Error
	 * @param part the name of the part of the engine
	 * @param failures keeps Errors, and logs them
	 */
	EngineLog(Log log, String part, EngineFailures failures) {
		this.log = log;
		this.part = part;
		this.failures = failures;
	}

	private boolean isKept(@Nullable Object cause) {
		if (cause instanceof Error error) {
			this.failures.add(this.part, error);
			return true;
		}
		return false;
	}

	private boolean isKept(Object[] args) {
		for (Object arg : args) {
			if (isKept(arg)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void fatal(String message) {
		this.log.fatal(message);
	}

	@Override
	public void fatal(String format, Object... args) {
		if (!isKept(args)) {
			this.log.fatal(format, args);
		}
	}

	@Override
	public void fatal(String message, Throwable cause) {
		if (!isKept(cause)) {
			this.log.fatal(message, cause);
		}
	}

	@Override
	public void error(String message) {
		this.log.error(message);
	}

	@Override
	public void error(String format, Object... args) {
		if (isUsual(format)) {
			debug(format, args);
		}
		else if (!isKept(args)) {
			this.log.error(format, args);
		}
	}

	// a TcpConnection says good-bye before it closes, and calls it an error if the other
	// end has closed meanwhile, as it does whenever two nodes connect to each other at
	// once
	private static boolean isUsual(String format) {
		return format.contains("failed sending graceful close");
	}

	@Override
	public void error(String message, Throwable cause) {
		if (!isKept(cause)) {
			this.log.error(message, cause);
		}
	}

	@Override
	public void warn(String message) {
		this.log.warn(message);
	}

	@Override
	public void warn(String format, Object... args) {
		if (!isKept(args)) {
			this.log.warn(format, args);
		}
	}

	@Override
	public void warn(String message, Throwable cause) {
		if (!isKept(cause)) {
			this.log.warn(message, cause);
		}
	}

	@Override
	public void info(String message) {
		this.log.info(message);
	}

	@Override
	public void info(String format, Object... args) {
		this.log.info(format, args);
	}

	@Override
	public void debug(String message) {
		this.log.debug(message);
	}

	@Override
	public void debug(String format, Object... args) {
		if (!isKept(args)) {
			this.log.debug(format, args);
		}
	}

	@Override
	public void debug(String message, Throwable cause) {
		if (!isKept(cause)) {
			this.log.debug(message, cause);
		}
	}

	@Override
	public void trace(Object message) {
		this.log.trace(message);
	}

	@Override
	public void trace(String message) {
		this.log.trace(message);
	}

	@Override
	public void trace(String format, Object... args) {
		this.log.trace(format, args);
	}

	@Override
	public void trace(String message, Throwable cause) {
		if (!isKept(cause)) {
			this.log.trace(message, cause);
		}
	}

	// some ask before they log what they have caught
	@Override
	public boolean isFatalEnabled() {
		return true;
	}

	@Override
	public boolean isErrorEnabled() {
		return true;
	}

	@Override
	public boolean isWarnEnabled() {
		return true;
	}

	@Override
	public boolean isInfoEnabled() {
		return this.log.isInfoEnabled();
	}

	@Override
	public boolean isDebugEnabled() {
		return this.log.isDebugEnabled();
	}

	@Override
	public boolean isTraceEnabled() {
		return this.log.isTraceEnabled();
	}

	@Override
	public void setLevel(String level) {
		this.log.setLevel(level);
	}

	@Override
	public String getLevel() {
		return this.log.getLevel();
	}

}
