package io.clusterspring.failover.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.decision.Effect;
import io.clusterspring.failover.decision.FailoverState;
import io.clusterspring.failover.time.Moment;

/**
 * Starts and stops the applications of this node, and reports the results to the
 * {@link FailoverState}. Not thread-safe.
 */
final class HostedApplications {

	private static final Log logger = LogFactory.getLog(HostedApplications.class);

	private final Map<String, HostedApplication> all = new TreeMap<>();

	private final FailoverState state;

	private final Map<String, Placement> placements;

	private final Executor executor;

	private final ScheduledExecutorService timer;

	private final Consumer<Runnable> stateThread;

	private final StatusBoard board;

	HostedApplications(FailoverState state, Map<String, Placement> placements, Executor executor,
			ScheduledExecutorService timer, Consumer<Runnable> stateThread, StatusBoard board) {
		this.board = board;
		this.state = state;
		this.placements = placements;
		this.executor = executor;
		this.timer = timer;
		this.stateThread = stateThread;
	}

	void add(String name, DistributedApplication application) {
		this.all.computeIfAbsent(name, (added) -> new HostedApplication(application,
				this.placements.getOrDefault(added, Placement.ANYWHERE), this.executor, this.timer));
	}

	void start(Effect.Start start) {
		logger.info("'" + start.application() + "' starts on this node: " + start.reason());
		long token = start.reason().token();
		get(start.application()).start(start.reason(), () -> this.board.mayStart(start.application(), token),
				reporter(start.application(), token));
	}

	void stop(Effect.Stop stop) {
		logger.info("'" + stop.application() + "' stops on this node: " + stop.cause());
		get(stop.application()).stop(reporter(stop.application(), stop.token()));
	}

	private HostedApplication get(String name) {
		HostedApplication found = this.all.get(name);
		Assert.state(found != null, () -> "'" + name + "' is not on this node");
		return found;
	}

	private HostedApplication.Listener reporter(String name, long token) {
		return (result, failure) -> this.stateThread.accept(() -> {
			this.state.called(name, token, result, Moment.now());
			if (failure != null) {
				logger.error("'" + name + "' has failed to start on this node, which tries again after "
						+ this.state.pause(name).toSeconds() + " s", failure);
			}
		});
	}

}
