package io.clusterspring.jgroups;

import java.util.concurrent.Callable;

import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives the protocols that a thread makes an {@link EngineLog}. JGroups has one factory
 * of logs for the whole JVM, and a protocol asks it when it is made: so this one is there
 * for as long as a node makes its protocols, and leaves those of others alone.
 */
final class EngineLogs implements CustomLogFactory {

	private static final EngineLogs INSTANCE = new EngineLogs();

	private final ThreadLocal<@Nullable EngineFailures> failures = new ThreadLocal<>();

	private @Nullable CustomLogFactory before;

	private int makers;

	private EngineLogs() {
	}

	/**
	 * Make something of the engine.
	 * @param <T> the type of what is made
	 * @param failures keeps the Errors that its parts log
	 * @param made makes it, on this thread
	 * @return what was made
	 * @throws Exception if it cannot be made
	 */
	static <T> T keepIn(EngineFailures failures, Callable<T> made) throws Exception {
		INSTANCE.begin(failures);
		try {
			return made.call();
		}
		finally {
			INSTANCE.end();
		}
	}

	private synchronized void begin(EngineFailures its) {
		this.failures.set(its);
		if (this.makers++ == 0) {
			this.before = LogFactory.getCustomLogFactory();
			LogFactory.setCustomLogFactory(this);
		}
	}

	private synchronized void end() {
		this.failures.remove();
		if (--this.makers == 0 && LogFactory.getCustomLogFactory() == this) {
			LogFactory.setCustomLogFactory(this.before);
		}
	}

	@Override
	public Log getLog(Class<?> part) {
		EngineFailures its = this.failures.get();
		Log log = log(part);
		return (its != null) ? new EngineLog(log, part.getSimpleName(), its) : log;
	}

	private synchronized Log log(Class<?> part) {
		CustomLogFactory present = LogFactory.getCustomLogFactory();
		LogFactory.setCustomLogFactory(this.before);
		try {
			return LogFactory.getLog(part);
		}
		finally {
			LogFactory.setCustomLogFactory(present);
		}
	}

	@Override
	public Log getLog(String part) {
		return log(EngineLogs.class);
	}

}
