package io.clusterspring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.SyncNodes.SyncReport;

/**
 * Waits at boot on a {@link SyncBarrier} and logs which nodes are missing. Views may come
 * from any thread.
 *
 * <p>
 * The booting thread waits without a timeout of its own, and a timer of the JDK ends the
 * wait. Spring's shutdown hook interrupts a boot only in this thread state; in any other
 * state it waits for the end of the boot.
 */
final class SyncWait {

	private static final Log logger = LogFactory.getLog(SyncWait.class);

	private static final long REPORT_SECONDS = 1;

	private final SyncBarrier barrier;

	private final WaitLines lines;

	private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

	private final long start = System.nanoTime();

	private volatile long end;

	private final SyncNodes nodes;

	private ClusterView view;

	SyncWait(Node self, SyncNodes nodes, ClusterView view) {
		this.lines = new WaitLines(self);
		this.nodes = nodes;
		this.barrier = new SyncBarrier(self, nodes);
		this.view = view;
	}

	synchronized void see(ClusterView seen) {
		this.view = seen;
		this.barrier.see(seen.nodes());
		if (this.barrier.isComplete()) {
			this.over.complete(null);
		}
	}

	void await(SyncTimeout timeout) throws InterruptedException {
		Duration limit = timeout.limit();
		if (limit != null) {
			this.over.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		try {
			while (!isOverWithin(REPORT_SECONDS)) {
				log(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.start));
			}
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			finish();
		}
	}

	synchronized List<Node> missingMandatory() {
		return this.barrier.missingMandatory();
	}

	synchronized List<Node> missingOptional() {
		return this.barrier.missingOptional();
	}

	synchronized boolean isMinimumReached() {
		return this.barrier.isMinimumReached();
	}

	synchronized int most() {
		return this.barrier.most();
	}

	/** End the wait although nodes are missing. */
	void giveUp() {
		this.over.complete(null);
	}

	void finish() {
		this.over.complete(null);
		this.end = System.nanoTime();
	}

	synchronized SyncReport report() {
		List<Node> missing = new ArrayList<>(missingMandatory());
		missing.addAll(missingOptional());
		long waited = ((this.end != 0) ? this.end : System.nanoTime()) - this.start;
		boolean timed = this.nodes.isWaiting();
		List<Node> listed = (timed) ? this.nodes.all().stream().map(NodeAddress::node).distinct().toList() : List.of();
		return new SyncReport(!this.over.isDone(), listed, List.copyOf(missing), (timed) ? this.nodes.minimum() : 0,
				most(), Duration.ofNanos(waited));
	}

	private boolean isOverWithin(long seconds) throws InterruptedException, ExecutionException {
		try {
			this.over.get(seconds, TimeUnit.SECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	private synchronized void log(long seconds) {
		// all have come in this moment
		if (this.barrier.isComplete()) {
			return;
		}
		String line = this.lines.next(missingMandatory(), missingOptional(),
				isMinimumReached() ? 0 : this.nodes.minimum(), this.view.nodes(), seconds);
		if (line != null) {
			logger.info(line);
		}
	}

	/**
	 * Decides whether the boot may continue: every listed node, mandatory or optional,
	 * has been seen once, and the minimum number of nodes was present at the same time.
	 * This node counts as seen. Not thread-safe.
	 */
	static final class SyncBarrier {

		private final List<Node> mandatory;

		private final List<Node> optional;

		private final int minimum;

		private final Set<Node> seen = new HashSet<>();

		private int most = 1;

		SyncBarrier(Node self, SyncNodes nodes) {
			this.mandatory = nodes.mandatory().stream().map(NodeAddress::node).distinct().toList();
			this.optional = nodes.optional()
				.stream()
				.map(NodeAddress::node)
				.distinct()
				.filter((node) -> !this.mandatory.contains(node))
				.toList();
			this.minimum = nodes.minimum();
			this.seen.add(self);
		}

		void see(Collection<Node> nodes) {
			this.seen.addAll(nodes);
			this.most = Math.max(this.most, nodes.size());
		}

		boolean isComplete() {
			return this.seen.containsAll(this.mandatory) && this.seen.containsAll(this.optional) && isMinimumReached();
		}

		boolean isMinimumReached() {
			return this.most >= this.minimum;
		}

		/**
		 * Return the size of the largest view so far.
		 * @return the number of nodes, this one included
		 */
		int most() {
			return this.most;
		}

		List<Node> missingMandatory() {
			return missing(this.mandatory);
		}

		List<Node> missingOptional() {
			return missing(this.optional);
		}

		private List<Node> missing(List<Node> listed) {
			return listed.stream().filter((node) -> !this.seen.contains(node)).toList();
		}

	}

}
