package io.clusterspring.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.inspect.Action;
import io.clusterspring.inspect.NodeFacts;
import io.clusterspring.mailbox.DaemonThreads;

/**
 * Sends the clients of this node to other nodes, for as long as an operator wants it. The
 * node refuses traffic and closes its connections as when it stops, and does not stop.
 * Thread-safe.
 */
final class NodeDrain implements NodeFacts, ApplicationListener<AvailabilityChangeEvent<?>>, DisposableBean {

	private static final Log logger = LogFactory.getLog(NodeDrain.class);

	private final ApplicationContext context;

	private final ConnectionDrain drain;

	private final ScheduledThreadPoolExecutor thread;

	// the last state that anybody else has published
	private volatile ReadinessState readiness = ReadinessState.REFUSING_TRAFFIC;

	private @Nullable Future<?> closing;

	private boolean wanted;

	NodeDrain(ApplicationContext context, ConnectionDrain drain) {
		this.context = context;
		this.drain = drain;
		this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("cluster-drain"));
		this.thread.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.thread.allowCoreThreadTimeOut(true);
	}

	private synchronized Map<String, Object> hold() {
		long connections = this.wanted ? 0 : this.drain.hold();
		if (!this.wanted) {
			this.wanted = true;
			logger.info("An operator sends the " + connections
					+ " clients of this node to other nodes (nodes/drain); nodes/resume or a restart lets them in again");
			// listeners of the application hear of the state
			this.closing = this.thread.submit(() -> {
				publish(ReadinessState.REFUSING_TRAFFIC);
				this.drain.closeHeld();
			});
		}
		return Map.of("draining", true, "connections", connections);
	}

	private synchronized Map<String, Object> release() {
		Future<?> present = this.closing;
		if (this.wanted && present != null) {
			this.wanted = false;
			present.cancel(true);
			this.thread.execute(this::resume);
		}
		return Map.of("draining", false);
	}

	// this runs after the closing, on the same thread
	private void resume() {
		synchronized (this) {
			if (this.wanted) {
				return;
			}
			this.drain.release();
			logger.info("This node takes clients again (nodes/resume)");
		}
		publish(this.readiness);
	}

	private void publish(ReadinessState state) {
		AvailabilityChangeEvent.publish(this.context, this, state);
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
		if (event.getState() instanceof ReadinessState state && event.getSource() != this) {
			this.readiness = state;
			// this happens, for example, at the end of a boot
			if (state == ReadinessState.ACCEPTING_TRAFFIC && this.drain.isHeld()) {
				publish(ReadinessState.REFUSING_TRAFFIC);
			}
		}
	}

	@Override
	public Map<String, Object> facts() {
		return this.drain.isHeld() ? Map.of("draining", true) : Map.of();
	}

	@Override
	public void destroy() {
		this.thread.shutdownNow();
	}

	/** Return the action that begins or ends the drain. */
	Action action(boolean begin) {
		return new Switch(begin);
	}

	private final class Switch implements Action {

		private final boolean begin;

		Switch(boolean begin) {
			this.begin = begin;
		}

		@Override
		public String name() {
			return this.begin ? "nodes/drain" : "nodes/resume";
		}

		@Override
		public Set<String> parameters() {
			return Set.of(NODE);
		}

		@Override
		public CompletionStage<Map<String, Object>> act(Map<String, String> parameters) {
			return CompletableFuture.completedStage(this.begin ? hold() : release());
		}

	}

}
