package io.clusterspring.mailbox;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The queue of a thread pool that wakes as few threads as it can, and the most recently
 * used ones. For a short task, waking a thread is most of the cost. The queue is
 * first-in-first-out and unbounded.
 *
 * <p>
 * A task wakes the thread that became idle last; other queues wake the thread that has
 * been idle longest. So a mailbox that gets one message at a time stays on one thread,
 * whose caches are warm.
 *
 * <p>
 * Only one thread is being woken at a time. Meanwhile, threads that become free take the
 * waiting tasks. The woken thread first wakes the next one if more tasks wait. So a burst
 * of short tasks runs on a few threads that do not sleep in between, and long tasks get a
 * thread each, after one wake-up per thread.
 */
public final class WarmThreadQueue extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	// invariant: while a task waits, no thread is idle, or one is being woken
	private final Deque<Idle> idle = new ArrayDeque<>();

	private boolean waking;

	@Override
	public boolean offer(Runnable task) {
		Idle next;
		this.lock.lock();
		try {
			this.tasks.add(task);
			next = toWake();
		}
		finally {
			this.lock.unlock();
		}
		wake(next);
		return true;
	}

	private @Nullable Idle toWake() {
		Idle next = (this.waking || this.tasks.isEmpty()) ? null : this.idle.pollFirst();
		if (next != null) {
			this.waking = true;
			next.woken = true;
		}
		return next;
	}

	private static void wake(@Nullable Idle next) {
		if (next != null) {
			LockSupport.unpark(next.thread);
		}
	}

	@Override
	public void put(Runnable task) {
		offer(task);
	}

	@Override
	public boolean offer(Runnable task, long timeout, TimeUnit unit) {
		return offer(task);
	}

	@Override
	public Runnable take() throws InterruptedException {
		while (true) {
			Runnable task = poll(1, TimeUnit.DAYS);
			if (task != null) {
				return task;
			}
		}
	}

	@Override
	public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
		Idle self = new Idle(Thread.currentThread());
		long deadline = System.nanoTime() + unit.toNanos(timeout);
		Runnable task = takeOrBeIdle(self);
		while (task == null && isWoken(self, deadline)) {
			task = takeOrBeIdle(self);
		}
		return task;
	}

	private @Nullable Runnable takeOrBeIdle(Idle self) {
		Runnable task;
		Idle next;
		this.lock.lock();
		try {
			if (self.woken) {
				self.woken = false;
				this.waking = false;
			}
			task = this.tasks.poll();
			next = toWake();
			if (task == null) {
				this.idle.addFirst(self);
			}
		}
		finally {
			this.lock.unlock();
		}
		wake(next);
		return task;
	}

	private boolean isWoken(Idle self, long deadline) throws InterruptedException {
		while (!self.woken) {
			long left = deadline - System.nanoTime();
			boolean interrupted = self.thread.isInterrupted();
			if ((interrupted || left <= 0) && isWithdrawn(self)) {
				if (interrupted && Thread.interrupted()) {
					throw new InterruptedException();
				}
				return false;
			}
			LockSupport.parkNanos(this, left);
		}
		return true;
	}

	private boolean isWithdrawn(Idle waiting) {
		return locked(() -> this.idle.remove(waiting));
	}

	@Override
	public @Nullable Runnable poll() {
		return locked(this.tasks::poll);
	}

	@Override
	public @Nullable Runnable peek() {
		return locked(this.tasks::peek);
	}

	@Override
	public boolean remove(@Nullable Object task) {
		return locked(() -> this.tasks.remove(task));
	}

	@Override
	public int drainTo(Collection<? super Runnable> to) {
		return drainTo(to, Integer.MAX_VALUE);
	}

	@Override
	public int drainTo(Collection<? super Runnable> to, int most) {
		int count = 0;
		for (Runnable task = (most > 0) ? poll() : null; task != null; task = (count < most) ? poll() : null) {
			to.add(task);
			count++;
		}
		return count;
	}

	@Override
	public int size() {
		return locked(this.tasks::size);
	}

	@Override
	public int remainingCapacity() {
		return Integer.MAX_VALUE;
	}

	/** Return the tasks that wait at this moment. */
	@Override
	public Iterator<Runnable> iterator() {
		return locked(() -> List.copyOf(this.tasks).iterator());
	}

	// a pool does not use this for each task
	private <T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A waiting thread, with a flag that tells it to take a task. */
	private static final class Idle {

		private final Thread thread;

		private volatile boolean woken;

		Idle(Thread thread) {
			this.thread = thread;
		}

	}

}
