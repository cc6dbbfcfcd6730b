package io.clusterspring.failover;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.mailbox.CountedWarning;

/**
 * Brings frames to the other nodes. A send may have to wait for a node that takes
 * nothing: so each node is served on a thread of its own while there is something for it,
 * and neither the thread that decides nor another node waits for it. Thread-safe.
 */
final class ReportSender {

	private static final Log logger = LogFactory.getLog(ReportSender.class);

	private final Map<Node, Way> ways = new ConcurrentHashMap<>();

	private final BiConsumer<Node, FailoverFrame> link;

	private final Executor threads;

	private int serving;

	private final CountedWarning failures = new CountedWarning(logger);

	/**
	 * Create a sender.
	 * @param link sends a frame, and may block
	 * @param threads runs one task for each node at most, and must not make one wait for
	 * another
	 */
	ReportSender(BiConsumer<Node, FailoverFrame> link, Executor threads) {
		this.link = link;
		this.threads = threads;
	}

	/**
	 * Send a frame, without waiting.
	 * @param receiver the receiver
	 * @param frame the frame, which may give way to a newer one
	 */
	void send(Node receiver, FailoverFrame frame) {
		this.ways.computeIfAbsent(receiver, Way::new).add(frame);
	}

	/**
	 * Forget what the nodes that are gone were to be told.
	 * @param nodes the nodes that are there
	 */
	void retain(Collection<Node> nodes) {
		this.ways.keySet().retainAll(nodes);
	}

	/**
	 * Wait until everything was handed over, or the time is up.
	 * @param time how long
	 * @throws InterruptedException if this thread is interrupted
	 */
	synchronized void awaitIdle(Duration time) throws InterruptedException {
		long end = System.nanoTime() + time.toNanos();
		while (this.serving > 0 && end - System.nanoTime() > 0) {
			wait(1 + TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
		}
	}

	private synchronized void serve(int more) {
		this.serving += more;
		notifyAll();
	}

	private final class Way implements Runnable {

		private final Node to;

		private final PendingFrames pending = new PendingFrames();

		private boolean served;

		Way(Node to) {
			this.to = to;
		}

		void add(FailoverFrame frame) {
			synchronized (this) {
				this.pending.add(frame);
				if (this.served) {
					return;
				}
				this.served = true;
			}
			serve(1);
			try {
				ReportSender.this.threads.execute(this);
			}
			catch (Throwable ex) {
				// no thread could be had: the next report tries again
				leave();
				serve(-1);
				failed(ex);
			}
		}

		@Override
		public void run() {
			for (FailoverFrame frame = next(); frame != null; frame = next()) {
				try {
					ReportSender.this.link.accept(this.to, frame);
				}
				catch (Throwable ex) {
					failed(ex);
				}
			}
			serve(-1);
		}

		private synchronized @Nullable FailoverFrame next() {
			FailoverFrame frame = this.pending.next();
			this.served = frame != null;
			return frame;
		}

		private synchronized void leave() {
			this.served = false;
		}

		private void failed(Throwable cause) {
			ReportSender.this.failures.add((count) -> "A report of distributed applications could not be sent to "
					+ this.to + ", " + count + " so far: the next one says the same", cause);
		}

	}

}
