package io.clusterspring.jgroups;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.FailureSource;

/**
 * What was thrown on threads of the engine. Exceptions are logged. After an {@link Error}
 * nobody knows what was left undone: the health tells of it until the node connects
 * again, and the node may leave. Thread-safe, and throws nothing itself.
 */
final class EngineFailures implements FailureSource {

	private static final Log logger = LogFactory.getLog(EngineFailures.class);

	private final Map<String, CountedWarning> causes = new ConcurrentHashMap<>();

	private final Map<String, String> errors = new ConcurrentHashMap<>();

	// kept without memory, of which there may be none
	private volatile @Nullable Error last;

	/**
	 * Run something, and keep the Error that it may throw.
	 * @param work what the thread is about
	 * @param task what to run
	 */
	void watch(String work, Runnable task) {
		try {
			task.run();
		}
		catch (Error ex) {
			add(work, ex);
			throw ex;
		}
	}

	/**
	 * Something was thrown.
	 * @param work what the thread was about
	 * @param cause what was thrown
	 */
	void add(String work, Throwable cause) {
		try {
			if (cause instanceof Error error) {
				this.last = error;
				this.errors.put(work, cause.toString());
			}
			this.causes.computeIfAbsent(work + cause.getClass(), (kind) -> new CountedWarning(logger))
				.add((count) -> "'" + work + "' of the engine has failed " + count + " time(s) for this reason"
						+ ((cause instanceof Error) ? ". Something may be left undone: restart this node" : ""), cause);
		}
		catch (Exception | Error ex) {
			// without memory there is no log either
		}
	}

	@Override
	public Map<String, String> failures() {
		Error unnamed = this.last;
		return (this.errors.isEmpty() && unnamed != null) ? Map.of("engine", unnamed.toString())
				: Map.copyOf(this.errors);
	}

	void clear() {
		this.last = null;
		this.errors.clear();
	}

}
