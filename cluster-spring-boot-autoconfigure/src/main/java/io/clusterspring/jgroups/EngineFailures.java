package io.clusterspring.jgroups;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.FailureSource;

/**
 * What was thrown on threads of the engine, which go on all the same. Exceptions are
 * logged. After an {@link Error} nobody knows what was left undone: the health tells of
 * it until the node connects again. Thread-safe.
 */
final class EngineFailures implements FailureSource {

	private static final Log logger = LogFactory.getLog(EngineFailures.class);

	private final Map<String, CountedWarning> causes = new ConcurrentHashMap<>();

	private final Map<String, String> errors = new ConcurrentHashMap<>();

	/**
	 * Something was thrown.
	 * @param work what the thread was about
	 * @param cause what was thrown
	 */
	void add(String work, Throwable cause) {
		try {
			if (cause instanceof Error) {
				this.errors.put(work, cause.toString());
			}
			this.causes.computeIfAbsent(work + cause.getClass(), (kind) -> new CountedWarning(logger))
				.add((count) -> "'" + work + "' of the engine has failed " + count
						+ " time(s) for this reason, and goes on"
						+ ((cause instanceof Error) ? ". Something may be left undone: restart this node" : ""), cause);
		}
		catch (Exception | Error ex) {
			// without memory there is no log either
		}
	}

	@Override
	public Map<String, String> failures() {
		return Map.copyOf(this.errors);
	}

	void clear() {
		this.errors.clear();
	}

}
