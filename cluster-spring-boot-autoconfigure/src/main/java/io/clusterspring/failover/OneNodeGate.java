package io.clusterspring.failover;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The application that methods with {@link OnOneNode} make up: open where it runs.
 * Closing waits for those who are inside.
 */
final class OneNodeGate implements DistributedApplication {

	private final String name;

	private final Predicate<String> running;

	private final Set<Thread> inside = new HashSet<>();

	private boolean open;

	/**
	 * Create a gate that is closed.
	 * @param name the name of the application
	 * @param running says, by the clock, whether the application may be at work here
	 */
	OneNodeGate(String name, Predicate<String> running) {
		this.name = name;
		this.running = running;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public synchronized void start(StartReason reason) {
		this.open = true;
	}

	@Override
	public synchronized void stop() throws InterruptedException {
		this.open = false;
		try {
			while (!this.inside.isEmpty()) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			this.inside.forEach(Thread::interrupt);
			throw ex;
		}
	}

	/**
	 * Make a call if the gate is open.
	 * @param call the call
	 * @return what it returns, {@code null} if it was not made
	 * @throws Throwable what it throws
	 */
	@Nullable Object pass(Call call) throws Throwable {
		// a call from within one is part of it
		boolean again = isInside();
		if (!again && !enter()) {
			return null;
		}
		try {
			return call.proceed();
		}
		finally {
			if (!again) {
				leave();
			}
		}
	}

	private synchronized boolean isInside() {
		return this.inside.contains(Thread.currentThread());
	}

	private synchronized boolean enter() {
		return this.open && this.running.test(this.name) && this.inside.add(Thread.currentThread());
	}

	private synchronized void leave() {
		this.inside.remove(Thread.currentThread());
		notifyAll();
	}

	/**
	 * A call that may be made.
	 */
	interface Call {

		@Nullable Object proceed() throws Throwable;

	}

}
