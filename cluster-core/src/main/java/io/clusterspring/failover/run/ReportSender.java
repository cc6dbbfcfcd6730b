package io.clusterspring.failover.run;

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
import io.clusterspring.failover.decision.FailoverFrame;
import io.clusterspring.failover.decision.PendingFrames;
import io.clusterspring.mailbox.CountedWarning;

/**
 * Sends frames to the other nodes. A send may have to wait for a slow node. So each node
 * with waiting frames is served by a thread of its own, and neither the thread that
 * decides nor another node waits for it. Thread-safe.
 */
final class ReportSender {

	private static final Log logger = LogFactory.getLog(ReportSender.class);

	private final Map<Node, Receiver> receivers = new ConcurrentHashMap<>();

	private final BiConsumer<Node, FailoverFrame> link;

	private final Executor threads;

	private int serving;

	private final CountedWarning failures = new CountedWarning(logger);

	// the link may block; the executor runs at most one task for each node
	ReportSender(BiConsumer<Node, FailoverFrame> link, Executor threads) {
		this.link = link;
		this.threads = threads;
	}

	// send a frame, which a newer one may replace, without waiting
	void send(Node receiver, FailoverFrame frame) {
		this.receivers.computeIfAbsent(receiver, Receiver::new).add(frame);
	}

	void retain(Collection<Node> nodes) {
		this.receivers.keySet().retainAll(nodes);
	}

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

	private final class Receiver implements Runnable {

		private final Node to;

		private final PendingFrames pending = new PendingFrames();

		private boolean served;

		Receiver(Node to) {
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
				// no thread could be created: the next report tries again
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
					+ this.to + ", " + count + " so far: the next report replaces it", cause);
		}

	}

}
