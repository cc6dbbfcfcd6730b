package io.clusterspring.jgroups;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Version;
import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.FailureSource;

/**
 * The exceptions and errors that were thrown on threads of the engine. Exceptions are
 * logged. After an {@link Error} nobody knows what was left undone: the health tells of
 * it until the node connects again, and the node may leave. Thread-safe, and throws
 * nothing itself.
 */
public final class EngineFailures implements FailureSource {

	private static final Log logger = LogFactory.getLog(EngineFailures.class);

	private static final int RESERVE = 1 << 20;

	private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final Map<String, CountedWarning> causes = new ConcurrentHashMap<>();

	private final Map<String, String> errors = new ConcurrentHashMap<>();

	// kept without memory, of which there may be none
	private volatile @Nullable Error last;

	// given up when there is none, so that the node can leave
	private volatile byte @Nullable [] reserve = new byte[RESERVE];

	private volatile boolean outOfMemory;

	private volatile long outOfMemoryAt;

	public void watch(String work, Runnable task) {
		try {
			task.run();
		}
		catch (Error ex) {
			add(work, ex);
			throw ex;
		}
	}

	public void add(String work, Throwable cause) {
		if (cause instanceof OutOfMemoryError) {
			this.outOfMemoryAt = System.nanoTime();
			this.outOfMemory = true;
			this.reserve = null;
		}
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

	// work that takes much memory is not done then, or a node could not even leave
	public boolean isShortOfMemory() {
		return this.outOfMemory && System.nanoTime() - this.outOfMemoryAt < RECOVERY_NANOS;
	}

	@Override
	public Map<String, String> failures() {
		Error unnamed = this.last;
		return (this.errors.isEmpty() && unnamed != null) ? Map.of("engine", unnamed.toString())
				: Map.copyOf(this.errors);
	}

	public static EngineMismatchException mismatch(String expected, LinkageError cause) {
		return new EngineMismatchException(Version.printVersion(), expected, cause);
	}

	public void clear() {
		this.last = null;
		this.errors.clear();
		this.outOfMemory = false;
		if (this.reserve == null) {
			this.reserve = new byte[RESERVE];
		}
	}

}
