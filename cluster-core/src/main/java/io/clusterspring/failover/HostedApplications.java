package io.clusterspring.failover;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

/**
 * Starts and stops the applications of this node, and reports the results to the
 * {@link FailoverState}. Not thread-safe.
 */
final class HostedApplications {

	private static final Log logger = LogFactory.getLog(HostedApplications.class);

	private final Map<String, HostedApplication> all = new TreeMap<>();

	private final FailoverState state;

	private final Executor executor;

	private final ScheduledExecutorService timer;

	private final Consumer<Runnable> stateThread;

	private final StatusBoard board;

	/**
	 * Create a node without applications.
	 * @param state receives the results
	 * @param executor runs their calls
	 * @param timer runs the timeouts of calls
	 * @param stateThread runs a task on the thread of the state
	 * @param board tells whether a start is still allowed
	 */
	HostedApplications(FailoverState state, Executor executor, ScheduledExecutorService timer,
			Consumer<Runnable> stateThread, StatusBoard board) {
		this.board = board;
		this.state = state;
		this.executor = executor;
		this.timer = timer;
		this.stateThread = stateThread;
	}

	void add(String name, DistributedApplication application) {
		this.all.computeIfAbsent(name, (added) -> new HostedApplication(application,
				this.state.application(added).placement(), this.executor, this.timer));
	}

	void start(Effect.Start start) {
		logger.info("'" + start.application() + "' starts on this node: " + start.reason());
		long token = start.reason().token();
		get(start.application()).start(start.reason(), () -> this.board.mayStart(start.application(), token),
				new Outcome(start.application(), token));
	}

	void stop(Effect.Stop stop) {
		logger.info("'" + stop.application() + "' stops on this node: " + stop.cause());
		get(stop.application()).stop(new Outcome(stop.application(), stop.token()));
	}

	private HostedApplication get(String name) {
		HostedApplication found = this.all.get(name);
		Assert.state(found != null, () -> "'" + name + "' is not on this node");
		return found;
	}

	/**
	 * Reports the result of a call on the thread of the state.
	 */
	private final class Outcome implements HostedApplication.Listener {

		private final String name;

		private final long token;

		Outcome(String name, long token) {
			this.name = name;
			this.token = token;
		}

		@Override
		public void started() {
			report((application) -> application.started(this.token, Moment.now()));
		}

		@Override
		public void failed(Throwable failure) {
			report((application) -> {
				Duration pause = application.failed(this.token, Moment.now());
				logger.error("'" + this.name + "' has failed to start on this node, which tries again after "
						+ pause.toSeconds() + " s", failure);
			});
		}

		@Override
		public void stopped() {
			report((application) -> application.stopped(this.token));
		}

		@Override
		public void startHangs() {
			report((application) -> application.startHangs(this.token));
		}

		@Override
		public void stopHangs() {
			report((application) -> application.stopHangs(this.token));
		}

		@Override
		public void cameBack() {
			report((application) -> application.attempts().hang(false));
		}

		private void report(Consumer<ApplicationState> what) {
			HostedApplications.this.stateThread
				.accept(() -> what.accept(HostedApplications.this.state.application(this.name)));
		}

	}

}
