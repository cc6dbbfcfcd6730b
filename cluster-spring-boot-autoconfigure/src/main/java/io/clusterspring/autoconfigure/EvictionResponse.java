package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.NodeNameTakenException;
import io.clusterspring.SyncNodes.SyncReport;
import io.clusterspring.TransportListener;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.mailbox.DaemonThreads;

/**
 * Reacts to an eviction: the node refuses traffic and disconnects its clients, and then
 * ends or waits until its name is free. Its distributed applications have already been
 * told to stop. The reaction has a thread of its own, because draining takes time.
 */
final class EvictionResponse
		implements TransportListener, ApplicationListener<AvailabilityChangeEvent<?>>, SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(EvictionResponse.class);

	private static final long KEEP_ALIVE_SECONDS = 1;

	private final ApplicationContext context;

	private final ObjectProvider<ManagedCluster> cluster;

	private final ObjectProvider<ConnectionDrain> drain;

	private final EvictionProperties properties;

	private final ProcessExit exit;

	private final ScheduledThreadPoolExecutor thread;

	// the last state that the application itself has published
	private volatile ReadinessState readiness = ReadinessState.REFUSING_TRAFFIC;

	private volatile boolean running;

	private volatile boolean stopped;

	EvictionResponse(ApplicationContext context, ObjectProvider<ManagedCluster> cluster,
			ObjectProvider<ConnectionDrain> drain, EvictionProperties properties, IntConsumer exit) {
		this.context = context;
		this.cluster = cluster;
		this.drain = drain;
		this.properties = properties;
		this.exit = new ProcessExit(context, exit);
		this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("cluster-eviction"), new DiscardPolicy());
		this.thread.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
		this.thread.allowCoreThreadTimeOut(true);
	}

	@Override
	public void evicted(ClusterView alone) {
		ManagedCluster present = this.cluster.getIfAvailable();
		if (present != null && present.failure() != null) {
			return;
		}
		SyncReport boot = (present != null) ? present.syncReport() : null;
		// a boot that waits fails, and reports the cause itself
		if (boot != null && !boot.waiting()) {
			logger.error("This node stops its distributed applications and disconnects its clients. Then " + next());
		}
		this.thread.execute(this::respond);
	}

	private String next() {
		return (this.properties.action() == EvictionProperties.Action.EXIT)
				? "the process ends with code " + ProcessExit.CODE + " (cluster.eviction.action=exit)"
				: "it rejoins when the name is free, and tries every " + this.properties.retryInterval().toMillis()
						+ " ms (cluster.eviction.action=rejoin)";
	}

	private void respond() {
		try {
			withdraw();
		}
		catch (RuntimeException ex) {
			logger.error("This node was evicted and could not disconnect its clients", ex);
		}
		if (this.properties.action() == EvictionProperties.Action.EXIT) {
			exit();
		}
		else {
			rejoinLater();
		}
	}

	private void withdraw() {
		if (isEvicted()) {
			AvailabilityChangeEvent.publish(this.context, this, ReadinessState.REFUSING_TRAFFIC);
			this.drain.ifAvailable(ConnectionDrain::stop);
		}
	}

	private void exit() {
		if (isEvicted() && !this.stopped) {
			this.exit.begin("cluster.eviction.action");
		}
	}

	private void rejoinLater() {
		this.thread.schedule(this::rejoin, this.properties.retryInterval().toMillis(), TimeUnit.MILLISECONDS);
	}

	private void rejoin() {
		if (this.stopped || !isEvicted()) {
			return;
		}
		try {
			this.cluster.ifAvailable(ManagedCluster::rejoin);
		}
		catch (NodeNameTakenException ex) {
			logger.debug("The name is still taken", ex);
		}
		catch (RuntimeException ex) {
			logger.warn(
					"This node was evicted and could not rejoin; it tries again in " + this.properties.retryInterval(),
					ex);
		}
		if (isEvicted()) {
			rejoinLater();
		}
		else if (!this.stopped) {
			resume();
		}
	}

	private void resume() {
		this.drain.ifAvailable(ConnectionDrain::start);
		if (this.readiness == ReadinessState.ACCEPTING_TRAFFIC) {
			AvailabilityChangeEvent.publish(this.context, this, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private boolean isEvicted() {
		ManagedCluster present = this.cluster.getIfAvailable();
		return present != null && present.isEvicted();
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
		if (event.getState() instanceof ReadinessState state && event.getSource() != this
				&& !(event.getSource() instanceof NodeDrain)) {
			this.readiness = state;
			// this happens, for example, at the end of a boot
			if (state == ReadinessState.ACCEPTING_TRAFFIC && isEvicted()) {
				this.thread.execute(this::withdraw);
			}
		}
	}

	@Override
	public void start() {
		this.stopped = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.stopped = true;
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void destroy() {
		this.thread.shutdownNow();
	}

	/**
	 * Properties of the reaction to an eviction: another live process has the node's
	 * name.
	 *
	 * @param action Action of an evicted node after its distributed applications have
	 * stopped and its clients were disconnected: 'rejoin' waits until the name is free
	 * and then joins again, 'exit' ends the process with code 75, so that it is
	 * restarted.
	 * @param retryInterval Time between two attempts to rejoin.
	 */
	record EvictionProperties(@DefaultValue("rejoin") Action action, @DefaultValue("10s") Duration retryInterval) {

		/** The action of a node that was evicted. */
		enum Action {

			/** Rejoin when the name is free. */
			REJOIN,

			/** End the process. */
			EXIT

		}

	}

}
