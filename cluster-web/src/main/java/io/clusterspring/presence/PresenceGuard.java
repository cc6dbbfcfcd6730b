package io.clusterspring.presence;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Guards the state of a node's presence with a lock. The lock is held only while the
 * table changes, never while messages are sent or code of the application runs.
 */
final class PresenceGuard {

	private final ReentrantLock lock;

	private final PresenceState state;

	private final PresencePublisher publisher;

	PresenceGuard(ReentrantLock lock, PresenceState state, PresencePublisher publisher) {
		this.lock = lock;
		this.state = state;
		this.publisher = publisher;
	}

	/**
	 * Run an action as one change: its effects are published together.
	 * @param <T> the type of the result
	 * @param action the action
	 * @return the result of the action
	 */
	<T extends @Nullable Object> T change(Function<PresenceState, T> action) {
		List<Throttle> changed = List.of();
		this.lock.lock();
		try {
			try {
				return action.apply(this.state);
			}
			finally {
				changed = this.publisher.takeChanged();
			}
		}
		finally {
			this.lock.unlock();
			changed.forEach(Throttle::request);
		}
	}

}
