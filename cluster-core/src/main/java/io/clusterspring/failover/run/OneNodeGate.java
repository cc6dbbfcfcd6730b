package io.clusterspring.failover.run;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.failover.StartReason;

/**
 * The distributed application of methods with {@link OnOneNode}. The gate is open while
 * the application runs here, and a stop waits for running calls. Thread-safe.
 */
final class OneNodeGate implements DistributedApplication {

	private final String name;

	private final Predicate<String> running;

	private final Set<Thread> inside = new HashSet<>();

	private boolean open;

	// the predicate tells whether the application may be at work here at the moment
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

	// return null if the call was not run, because the gate is closed
	@Nullable Object pass(Call call) throws Throwable {
		// a nested call belongs to the outer one
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

	/** A call of a method. */
	interface Call {

		@Nullable Object proceed() throws Throwable;

	}

}
