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

import org.jspecify.annotations.Nullable;

/**
 * The queue of a thread pool that gives a task to the thread that has become idle last,
 * where other queues give it to the one that has been idle longest. A mailbox that gets
 * one message at a time so stays with one thread, whose caches are warm; taking turns
 * with all the others makes up half the cost of waking it. Tasks are taken in order, and
 * there is no bound.
 */
public final class WarmThreadQueue extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {

	private final ReentrantLock lock = new ReentrantLock();

	// if one of the two holds something, the other is empty
	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final Deque<Idle> idle = new ArrayDeque<>();

	@Override
	public boolean offer(Runnable task) {
		Idle woken;
		this.lock.lock();
		try {
			woken = this.idle.pollFirst();
			if (woken == null) {
				return this.tasks.add(task);
			}
			woken.task = task;
		}
		finally {
			this.lock.unlock();
		}
		LockSupport.unpark(woken.thread);
		return true;
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
		Idle waiting = new Idle(Thread.currentThread());
		this.lock.lock();
		try {
			Runnable task = this.tasks.poll();
			if (task != null) {
				return task;
			}
			this.idle.addFirst(waiting);
		}
		finally {
			this.lock.unlock();
		}
		return await(waiting, System.nanoTime() + unit.toNanos(timeout));
	}

	private @Nullable Runnable await(Idle waiting, long deadline) throws InterruptedException {
		while (waiting.task == null) {
			long left = deadline - System.nanoTime();
			boolean interrupted = waiting.thread.isInterrupted();
			if ((interrupted || left <= 0) && isWithdrawn(waiting)) {
				if (interrupted && Thread.interrupted()) {
					throw new InterruptedException();
				}
				return null;
			}
			LockSupport.parkNanos(this, left);
		}
		return waiting.task;
	}

	private boolean isWithdrawn(Idle waiting) {
		this.lock.lock();
		try {
			return this.idle.remove(waiting);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable Runnable poll() {
		this.lock.lock();
		try {
			return this.tasks.poll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable Runnable peek() {
		this.lock.lock();
		try {
			return this.tasks.peek();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean remove(@Nullable Object task) {
		this.lock.lock();
		try {
			return this.tasks.remove(task);
		}
		finally {
			this.lock.unlock();
		}
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
		this.lock.lock();
		try {
			return this.tasks.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int remainingCapacity() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Return the tasks that wait at this moment.
	 */
	@Override
	public Iterator<Runnable> iterator() {
		this.lock.lock();
		try {
			return List.copyOf(this.tasks).iterator();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A thread that waits, and the task it is given.
	 */
	private static final class Idle {

		private final Thread thread;

		private volatile @Nullable Runnable task;

		Idle(Thread thread) {
			this.thread = thread;
		}

	}

}
