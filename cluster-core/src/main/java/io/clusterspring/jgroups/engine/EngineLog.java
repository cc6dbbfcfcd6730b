package io.clusterspring.jgroups.engine;

import java.lang.reflect.Field;
import java.util.Collection;

import org.jgroups.logging.Log;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.jgroups.EngineFailures;

/**
 * The log of a part of the engine, which keeps each {@link Error} before a line is made
 * of it: wherever JGroups catches what was thrown, it logs it and goes on.
 *
 * <p>
 * Replaces a log because it is all that hears of an Error (JGRP-3034 is about the logging
 * only: docs/upstream.md#errors-that-are-swallowed), for the line about good-byes (not
 * reported yet: docs/upstream.md#an-error-at-each-good-bye), and for lines that nobody
 * reads (not reported yet: docs/upstream.md#lines-that-nobody-reads). Protocols get it by
 * reflection, because the factory of logs is one for the whole JVM (not reported yet:
 * docs/upstream.md#one-log-factory-for-the-jvm). This can go once a channel tells what
 * was caught, that line is no error, and a line is made only if it is logged.
 */
final class EngineLog implements Log {

	private static final Field LOG = logOfAProtocol();

	private final Log log;

	private final String part;

	private final EngineFailures failures;

	EngineLog(Log log, String part, EngineFailures failures) {
		this.log = log;
		this.part = part;
		this.failures = failures;
	}

	// the parts of a protocol take its log when it is initialized, so this is best done
	// before
	static void install(EngineFailures failures, Collection<Protocol> protocols) {
		for (Protocol protocol : protocols) {
			Log present = protocol.getLog();
			if (!(present instanceof EngineLog)) {
				String part = protocol.getClass().getSimpleName();
				ReflectionUtils.setField(LOG, protocol, new EngineLog(present, part, failures));
			}
		}
	}

	private static Field logOfAProtocol() {
		Field field = ReflectionUtils.findField(Protocol.class, "log", Log.class);
		if (field == null) {
			throw new IllegalStateException("Protocols of this JGroups have no log");
		}
		ReflectionUtils.makeAccessible(field);
		return field;
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
		if (!isKept(args) && this.log.isDebugEnabled()) {
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
		if (this.log.isTraceEnabled()) {
			this.log.trace(format, args);
		}
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
