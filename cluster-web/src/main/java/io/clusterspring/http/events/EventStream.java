package io.clusterspring.http.events;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.expiry.Deadline;
import io.clusterspring.http.AsyncRequests;

/**
 * The connection of one client. What is sent waits in a bounded queue until the client
 * reads; nobody waits for it. Thread-safe.
 *
 * <p>
 * One thread at a time uses the response: the one that increments {@code turns} from
 * zero. No lock is held meanwhile, because the web server has locks of its own.
 *
 * <p>
 * A client that does not read is not closed like others: the end of a response would wait
 * for it. It gets nothing more, and its connection is aborted as soon as it reads or the
 * web server's own timeout for writes has passed.
 *
 * <p>
 * After a failed write the web server ends the request by itself, on a thread of its own.
 * Nothing else completes it, and that thread waits for the one that writes: afterwards
 * the web server uses the objects of the request for another one.
 */
final class EventStream implements WriteListener {

	private static final Log logger = LogFactory.getLog(EventStream.class);

	private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

	private static final Duration PAUSE = Duration.ofNanos(50_000);

	private final AsyncContext async;

	private final ServletOutputStream out;

	private final int capacity;

	private final @Nullable Deadline until;

	private final Consumer<EventStream> onGone;

	private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicInteger turns = new AtomicInteger();

	private final AtomicReference<@Nullable EventsEnd> end = new AtomicReference<>();

	private final AtomicBoolean gone = new AtomicBoolean();

	private volatile boolean aborted;

	/** A write has failed: the web server ends the request. */
	private volatile boolean broken;

	/** The thread that uses the response. */
	private volatile @Nullable Thread writer;

	// when the client has taken something last, or nothing waited
	private volatile long progress = System.nanoTime();

	private boolean unflushed;

	EventStream(AsyncContext async, int capacity, @Nullable Deadline until, Consumer<EventStream> onGone)
			throws IOException {
		this.async = async;
		this.out = async.getResponse().getOutputStream();
		this.capacity = capacity;
		this.until = until;
		this.onGone = onGone;
	}

	void begin() {
		try {
			this.out.setWriteListener(this);
		}
		catch (IllegalStateException ex) {
			onError(ex);
		}
	}

	/** Send an event, unless the connection ends. */
	void send(byte[] frame) {
		if (this.end.get() == null) {
			long before = this.bytes.getAndAdd(frame.length);
			if (before == 0) {
				this.progress = System.nanoTime();
			}
			if (before + frame.length > this.capacity) {
				abort(EventsEnd.SLOW);
			}
			else {
				this.waiting.add(frame);
				write();
			}
		}
	}

	/** Return whether events of a size may wait. */
	boolean hasRoom(long size) {
		return this.bytes.get() + size <= this.capacity;
	}

	/** Close the connection after what waits. Does nothing if it ends already. */
	void close(EventsEnd reason) {
		if (this.end.compareAndSet(null, reason)) {
			write();
		}
	}

	/** Close the connection without what waits, and without waiting for the client. */
	void abort(EventsEnd reason) {
		if (this.end.compareAndSet(null, reason) || !this.aborted) {
			this.aborted = true;
			write();
		}
	}

	/** End the request although the client may not read, because the node stops. */
	void complete() {
		close(EventsEnd.DRAINED);
		if (!this.gone.get()) {
			if (!this.broken) {
				AsyncRequests.complete(this.async);
			}
			ended();
		}
	}

	void tick(long heartbeat, long timeout, long now) {
		boolean idle = this.bytes.get() == 0;
		if (this.until != null && this.until.isOver(now)) {
			close(EventsEnd.EXPIRED);
		}
		if (!idle && now - this.progress > timeout) {
			abort(EventsEnd.SLOW);
		}
		else if (idle && now - this.progress > heartbeat) {
			send(EventFrames.HEARTBEAT);
		}
	}

	boolean isOpen() {
		return this.end.get() == null && !this.gone.get();
	}

	/** Return why the connection ends, if the server ends it. */
	@Nullable EventsEnd end() {
		return this.end.get();
	}

	long pending() {
		return this.bytes.get();
	}

	private void write() {
		int missed = 1;
		if (this.turns.getAndIncrement() == 0) {
			while (missed != 0) {
				writeNow();
				missed = this.turns.addAndGet(-missed);
			}
		}
	}

	private void writeNow() {
		this.writer = Thread.currentThread();
		try {
			while (!this.gone.get() && !this.broken && !this.aborted && this.out.isReady()) {
				byte[] next = this.waiting.poll();
				if (next != null) {
					this.unflushed = true;
					this.out.write(next);
					this.bytes.addAndGet(-next.length);
					this.progress = System.nanoTime();
				}
				else if (this.unflushed) {
					this.unflushed = false;
					this.out.flush();
				}
				else {
					finish();
					return;
				}
			}
			endIfNothingWaits();
		}
		catch (IOException | RuntimeException ex) {
			// the web server may have ended the request meanwhile, and emptied it
			logger.debug("Cannot send a server-sent event", ex);
			this.end.compareAndSet(null, EventsEnd.GONE);
			this.broken = true;
		}
		finally {
			this.writer = null;
		}
		if (this.aborted || this.broken) {
			discard();
		}
	}

	// the web server tells nobody of a client that does not read while it has nothing to
	// write to it, so the end would not come
	private void endIfNothingWaits() throws IOException {
		if (this.aborted && !this.broken && !this.gone.get() && this.out.isReady()) {
			finish();
		}
	}

	private void finish() {
		if (this.end.get() != null) {
			AsyncRequests.complete(this.async);
			ended();
		}
	}

	private void discard() {
		this.waiting.clear();
		this.bytes.set(0);
	}

	@Override
	public void onWritePossible() throws IOException {
		if (this.aborted) {
			throw new IOException("The client did not read");
		}
		write();
	}

	@Override
	public void onError(Throwable failure) {
		logger.debug("A client of server-sent events has gone", failure);
		disconnected();
	}

	/** The web server tells that the connection has failed, and waits for the end. */
	void disconnected() {
		ended();
		awaitWriter();
		AsyncRequests.complete(this.async);
	}

	// a write does not block, and no new one begins
	private void awaitWriter() {
		long since = System.nanoTime();
		for (Thread busy = this.writer; busy != null && busy != Thread.currentThread(); busy = this.writer) {
			if (System.nanoTime() - since > LONGEST_WRITE.toNanos()) {
				return;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	/** The connection does not exist any more. */
	private void ended() {
		if (this.gone.compareAndSet(false, true)) {
			discard();
			this.onGone.accept(this);
		}
	}

}
