package io.clusterspring;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

import io.clusterspring.SyncNodes.SyncReport;

/**
 * Joins and leaves the cluster with the application's lifecycle: joins before the web
 * server takes requests, leaves after the web server has stopped. {@link #start()}
 * returns when all listed nodes have been seen, or when the timeout has passed and only
 * optional ones are missing. The rules are those of {@code sync_nodes_*} of Erlang's
 * {@code kernel} application. They are for the boot: a node that has booted, and is
 * stopped and started again, does not wait.
 */
public final class ManagedCluster implements Cluster, SmartLifecycle {

	/**
	 * The phase: starts before, and stops after, the web server, its graceful shutdown
	 * and all beans with the default phase.
	 */
	public static final int PHASE = Integer.MIN_VALUE / 2;

	private static final Log logger = LogFactory.getLog(ManagedCluster.class);

	private final String name;

	private final ClusterTransport transport;

	private final SyncNodes syncNodes;

	private final List<TransportListener> listeners;

	private final ViewEvents events;

	private final AtomicReference<@Nullable Membership> membership = new AtomicReference<>();

	private final AtomicLong evictions = new AtomicLong();

	// the wait of the boot, once it has ended well
	private volatile @Nullable SyncWait boot;

	private volatile ClusterView view;

	/**
	 * Create the cluster, without joining it.
	 * @param transport the engine, connected and disconnected here
	 * @param syncNodes the nodes to wait for
	 * @param listeners receive every view and frame, in this order, on the engine's
	 * threads
	 * @param executor runs the listeners of {@link ClusterEvent}s, one event at a time
	 */
	public ManagedCluster(String name, ClusterTransport transport, SyncNodes syncNodes,
			List<TransportListener> listeners, Executor executor, ApplicationEventPublisher publisher) {
		this.name = name;
		this.transport = transport;
		this.syncNodes = syncNodes;
		this.listeners = List.copyOf(listeners);
		this.view = new ClusterView(0, List.of(transport.self()));
		this.events = new ViewEvents(transport.self(), transport::goneBecause, executor, publisher);
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
	 * Return the state or the result of the wait at boot.
	 * @return the report, or {@code null} if this node has not joined
	 */
	public @Nullable SyncReport syncReport() {
		Membership present = this.membership.get();
		return (present != null) ? present.wait.report() : null;
	}

	/**
	 * Return whether this node is out of the cluster because another live process has its
	 * name.
	 * @return {@code true} from the eviction until the node has {@linkplain #rejoin()
	 * rejoined}, or is stopped
	 */
	public boolean isEvicted() {
		Membership present = this.membership.get();
		return present != null && (present.state == State.EVICTED || present.state == State.RETURNING);
	}

	/**
	 * Return whether this node is out of the cluster without having been stopped: it was
	 * {@linkplain #isEvicted() evicted}, or has {@linkplain #failure() failed}.
	 * @return whether the cluster goes on without this node
	 */
	public boolean isOut() {
		return isEvicted() || failure() != null;
	}

	/**
	 * Return why this node has failed and left the cluster.
	 * @return the cause, or {@code null} if it has not failed
	 */
	public @Nullable String failure() {
		Membership present = this.membership.get();
		return (present != null) ? present.failure : null;
	}

	/**
	 * Leave the cluster because this node does not work any more. The node stays out
	 * until it is stopped and started. Its distributed applications stop, and listeners
	 * receive {@link NodeDown} for all other nodes. If a call has failed half-way, for
	 * want of memory, it can be repeated. Nothing happens unless the node is in the
	 * cluster.
	 * @param cause the failure, for the log
	 */
	public void fail(String cause) {
		Membership failing = this.membership.get();
		if (failing != null && failing.fail(cause)) {
			this.transport.disconnect();
			logger.error(this.name + ": " + self() + " leaves the cluster because its engine has failed: " + cause
					+ ". Its distributed applications stop, and its clients are disconnected. Restart this node. "
					+ "(cluster.failure.action decides what a node does in this case)");
		}
	}

	/**
	 * Return how often this node was evicted.
	 * @return the number since it was created
	 */
	public long evictions() {
		return this.evictions.get();
	}

	@Override
	public void start() {
		long start = System.nanoTime();
		SyncWait booted = this.boot;
		Membership joining = new Membership((booted != null) ? booted : new SyncWait(self(), this.syncNodes, this.view),
				State.MEMBER);
		this.membership.set(joining);
		this.events.start(this.view);
		try {
			this.listeners.forEach(TransportListener::joining);
			this.transport.connect(joining);
			if (booted == null) {
				awaitNodes(joining);
				this.boot = joining.wait;
			}
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		TransportDetails details = this.transport.details();
		NodeAddress address = new NodeAddress(self(), details.port());
		String found = (details.port() != null) ? details.addresses().get(self()) : null;
		String elsewhere = (found == null || found.equals(Seed.of(address).toString())) ? ""
				: ", found at " + found + ",";
		logger.info(this.name + ": " + address + elsewhere + " joined " + this.view.nodes() + " in " + millis + " ms");
	}

	/**
	 * Join the cluster again after an eviction, by the rules of a start, but without
	 * waiting for other nodes. Nothing happens unless the node is
	 * {@linkplain #isEvicted() evicted}.
	 * @throws NodeNameTakenException if a live node still has the name
	 */
	public void rejoin() {
		Membership lost = this.membership.get();
		if (lost == null || lost.state != State.EVICTED) {
			return;
		}
		Membership joining = new Membership(lost.wait, State.RETURNING);
		if (this.membership.compareAndSet(lost, joining)) {
			try {
				this.listeners.forEach(TransportListener::joining);
				this.transport.connect(joining);
			}
			catch (RuntimeException ex) {
				this.membership.compareAndSet(joining, lost);
				throw ex;
			}
			if (this.membership.get() == joining) {
				logger.info(this.name + ": " + self() + " has rejoined " + this.view.nodes());
			}
			else {
				this.transport.disconnect();
			}
		}
	}

	private void awaitNodes(Membership joining) {
		SyncWait waiting = joining.wait;
		SyncTimeout timeout = this.syncNodes.timeout();
		if (timeout == null || timeout.isZero()) {
			if (timeout == null) {
				warnOfMissingTimeout();
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
		if (joining.failure != null) {
			throw new IllegalStateException("The engine of " + self() + " has failed: " + joining.failure);
		}
		if (joining.state == State.EVICTED) {
			throw new NodeNameTakenException(self(), this.name);
		}
		List<Node> missing = waiting.missingMandatory();
		if (!missing.isEmpty()) {
			throw new MandatoryNodesDownException(this.name, missing, timeout, this.transport.refusedPeers(),
					this.transport.unreached());
		}
		if (!waiting.isMinimumReached()) {
			throw new TooFewNodesException(this.name, waiting.most(), this.syncNodes.minimum(), timeout);
		}
		List<Node> absent = waiting.missingOptional();
		if (!absent.isEmpty()) {
			logger.warn(this.name + ": " + self() + " starts without optional nodes " + absent + ", which "
					+ "were not seen within " + timeout);
		}
	}

	private void warnOfMissingTimeout() {
		if (!this.syncNodes.mandatory().isEmpty()) {
			logger.warn(this.name + ": this node does not wait for mandatory nodes, because "
					+ "cluster.sync-nodes-timeout is not set");
		}
		if (this.syncNodes.minimum() > 1) {
			logger.warn(this.name + ": this node does not wait for a minimum number of nodes, because "
					+ "cluster.sync-nodes-timeout is not set");
		}
	}

	/**
	 * Leave the cluster. No event is published, because the other nodes stay. A node that
	 * starts again does not know what happened meanwhile; it first publishes a
	 * {@link NodeDown} for each node it knew.
	 */
	@Override
	public void stop() {
		if (this.membership.getAndSet(null) != null) {
			this.events.stop();
			this.transport.disconnect();
			this.view = new ClusterView(this.view.id() + 1, List.of(self()));
		}
	}

	@Override
	public boolean isRunning() {
		return this.membership.get() != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private void install(ClusterView changed) {
		// after a reconnect the engine may count from the start
		this.view = (changed.id() > this.view.id()) ? changed : new ClusterView(this.view.id() + 1, changed.nodes());
	}

	private enum State {

		/** Evicted, and joining again. */
		RETURNING,

		/** In the cluster, or joining it. */
		MEMBER,

		/** Out of the cluster, because another process has the name. */
		EVICTED,

		/** Out of the cluster, because the engine has failed. */
		FAILED

	}

	/**
	 * One stay in the cluster, from a start to the next stop or eviction. Calls that the
	 * engine makes later are ignored.
	 */
	private final class Membership implements TransportListener {

		private final SyncWait wait;

		private volatile State state;

		private volatile @Nullable String failure;

		Membership(SyncWait wait, State state) {
			this.wait = wait;
			this.state = state;
		}

		@Override
		public void viewChanged(ClusterView changed) {
			if (isCurrent()) {
				this.state = State.MEMBER;
				install(changed);
				ClusterView present = view();
				ManagedCluster.this.listeners.forEach((listener) -> listener.viewChanged(present));
				ManagedCluster.this.events.viewChanged(present);
				this.wait.see(present);
			}
		}

		boolean fail(String cause) {
			if (!isCurrent() && this.state != State.FAILED) {
				return false;
			}
			this.failure = cause;
			this.state = State.FAILED;
			goOnAlone(new ClusterView(view().id() + 1, List.of(self())));
			return true;
		}

		@Override
		public void evicted(ClusterView alone) {
			if (isCurrent()) {
				this.state = State.EVICTED;
				ManagedCluster.this.evictions.incrementAndGet();
				logger.error(name() + ": " + self() + " was evicted from the cluster: another live process has "
						+ "its name, and the cluster keeps that one. Stop one of the two, or give one another name "
						+ "(cluster.node)");
				goOnAlone(alone);
			}
		}

		private void goOnAlone(ClusterView alone) {
			install(alone);
			ClusterView present = view();
			ManagedCluster.this.listeners.forEach((listener) -> listener.evicted(present));
			ManagedCluster.this.events.viewChanged(present);
			this.wait.giveUp();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			if (isCurrent()) {
				ManagedCluster.this.listeners.forEach((listener) -> listener.frameReceived(sender, frame.duplicate()));
			}
		}

		private boolean isCurrent() {
			return ManagedCluster.this.membership.get() == this
					&& (this.state == State.MEMBER || this.state == State.RETURNING);
		}

	}

}
