package io.clusterspring;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * The cluster as a part of the application's lifecycle: joined before the web server
 * takes requests, left after it has stopped. Start returns when the listed nodes were
 * seen, or the timeout has passed without the optional ones; this is where the rules of
 * Erlang's {@code kernel} application for {@code sync_nodes_*} live.
 */
public final class ManagedCluster implements Cluster, SmartLifecycle {

	/**
	 * Starts before and stops after the web server, its graceful shutdown and whatever
	 * has a default phase.
	 */
	public static final int PHASE = Integer.MIN_VALUE / 2;

	private static final Log logger = LogFactory.getLog(ManagedCluster.class);

	private final String name;

	private final ClusterTransport transport;

	private final SyncNodes syncNodes;

	private final List<TransportListener> listeners;

	private final Executor executor;

	private final ApplicationEventPublisher publisher;

	private volatile ClusterView view;

	private volatile @Nullable Membership membership;

	/**
	 * Create the cluster, without joining it.
	 * @param name the name of the cluster
	 * @param transport the engine, connected and disconnected here
	 * @param syncNodes whom to wait for
	 * @param listeners hear of every view and frame, in this order, on the engine's
	 * threads
	 * @param executor runs the listeners of {@link ClusterEvent}s, one event at a time
	 * @param publisher takes the events
	 */
	public ManagedCluster(String name, ClusterTransport transport, SyncNodes syncNodes,
			List<TransportListener> listeners, Executor executor, ApplicationEventPublisher publisher) {
		this.name = name;
		this.transport = transport;
		this.syncNodes = syncNodes;
		this.listeners = List.copyOf(listeners);
		this.view = new ClusterView(0, List.of(transport.self()));
		this.executor = executor;
		this.publisher = publisher;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Node self() {
		return this.transport.self();
	}

	@Override
	public ClusterView view() {
		return this.view;
	}

	/**
	 * Return how the wait at boot went, or goes.
	 * @return the report, or {@code null} if the cluster is not joined
	 */
	public @Nullable SyncReport syncReport() {
		Membership present = this.membership;
		return (present != null) ? present.wait.report() : null;
	}

	@Override
	public void start() {
		long start = System.nanoTime();
		Membership joining = new Membership();
		this.membership = joining;
		try {
			this.transport.connect(joining);
			awaitNodes(joining.wait);
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		NodeAddress address = new NodeAddress(self(), this.transport.details().port());
		logger.info(this.name + ": " + address + " joined " + this.view.nodes() + " in " + millis + " ms");
	}

	private void awaitNodes(SyncWait waiting) {
		SyncTimeout timeout = this.syncNodes.timeout();
		if (timeout == null) {
			if (!this.syncNodes.mandatory().isEmpty()) {
				logger.warn(this.name + ": mandatory nodes are not waited for without a timeout");
			}
			if (this.syncNodes.minimum() > 1) {
				logger.warn(this.name + ": a minimum number of nodes is not waited for without a timeout");
			}
			waiting.finish();
			return;
		}
		try {
			waiting.await(timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for nodes of cluster '" + this.name + "'", ex);
		}
		List<Node> missing = waiting.missingMandatory();
		if (!missing.isEmpty()) {
			throw new MandatoryNodesDownException(this.name, missing, timeout, this.transport.refusedPeers());
		}
		if (!waiting.isMinimumReached()) {
			throw new TooFewNodesException(this.name, waiting.most(), this.syncNodes.minimum(), timeout);
		}
		List<Node> absent = waiting.missingOptional();
		if (!absent.isEmpty()) {
			logger.warn(this.name + ": " + self() + " goes on without optional nodes " + absent + " after " + timeout);
		}
	}

	@Override
	public void stop() {
		Membership leaving = this.membership;
		if (leaving != null) {
			this.membership = null;
			leaving.events.stop();
			this.transport.disconnect();
			this.view = new ClusterView(this.view.id() + 1, List.of(self()));
		}
	}

	@Override
	public boolean isRunning() {
		return this.membership != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * From a start to the next stop; what the engine says after it is not heard.
	 */
	private final class Membership implements TransportListener {

		private final SyncWait wait = new SyncWait(self(), ManagedCluster.this.syncNodes, view());

		private final ViewEvents events = new ViewEvents(view(), ManagedCluster.this.executor,
				ManagedCluster.this.publisher);

		@Override
		public void viewChanged(ClusterView changed) {
			if (ManagedCluster.this.membership == this) {
				ManagedCluster.this.view = changed;
				ManagedCluster.this.listeners.forEach((listener) -> listener.viewChanged(changed));
				this.events.viewChanged(changed);
				this.wait.see(changed);
			}
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			if (ManagedCluster.this.membership == this) {
				ManagedCluster.this.listeners.forEach((listener) -> listener.frameReceived(sender, frame.duplicate()));
			}
		}

	}

}
