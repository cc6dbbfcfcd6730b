package io.clusterspring.presence;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The lock of a node's presence. It is held for as long as it takes to change the table,
 * and never while anything is sent or the application is called.
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
	 * Do something that is one change, however many it concerns: those who hear of it
	 * hear of it as a whole.
	 * @param <T> the type of the result
	 * @param action what to do
	 * @return its result
	 */
	<T extends @Nullable Object> T change(Function<PresenceState, T> action) {
		List<Pace> touched = List.of();
		this.lock.lock();
		try {
			try {
				return action.apply(this.state);
			}
			finally {
				touched = this.publisher.touched();
			}
		}
		finally {
			this.lock.unlock();
			touched.forEach(Pace::ask);
		}
	}

}
