package io.clusterspring.jgroups.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import org.jgroups.Message;

/**
 * Holds frames back until it is settled that this node may have its name, and hands them
 * on then, in their order. The threads of the engine do not wait for that: the answer to
 * a join comes behind the first frames of the coordinator. Only when there is too much to
 * hold they do. Thread-safe.
 */
final class AdmissionGate {

	/** How many bytes are held. */
	static final long CAPACITY = 4 << 20;

	private final Queue<Message> held = new ArrayDeque<>();

	private final Consumer<Message> beyond;

	private long bytes;

	private boolean closed;

	private volatile boolean open;

	// beyond takes the frames that pass, those of one sender one at a time
	AdmissionGate(Consumer<Message> beyond) {
		this.beyond = beyond;
	}

	void pass(Message frame) {
		if (this.open || !hold(frame)) {
			this.beyond.accept(frame);
		}
	}

	private synchronized boolean hold(Message frame) {
		try {
			while (!this.open && !this.closed && this.bytes >= CAPACITY) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			// the engine stops
			Thread.currentThread().interrupt();
			return true;
		}
		if (!this.open && !this.closed) {
			this.bytes += frame.getLength();
			this.held.add(frame);
		}
		return !this.open;
	}

	// those that were held come first
	synchronized void open() {
		this.held.forEach(this.beyond);
		this.held.clear();
		this.open = true;
		notifyAll();
	}

	synchronized void close() {
		this.held.clear();
		this.closed = true;
		notifyAll();
	}

}
