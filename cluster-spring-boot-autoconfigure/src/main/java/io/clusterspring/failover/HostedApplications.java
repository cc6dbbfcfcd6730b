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
 * The applications of this node: starts and stops them, and brings home how that went.
 * Not thread-safe.
 */
final class HostedApplications {

	private static final Log logger = LogFactory.getLog(HostedApplications.class);

	private final Map<String, HostedApplication> all = new TreeMap<>();

	private final FailoverState state;

	private final Executor executor;

	private final ScheduledExecutorService timer;

	private final Consumer<Runnable> home;

	private final StatusBoard board;

	/**
	 * Create a node without applications.
	 * @param state what is decided about them
	 * @param executor runs their calls
	 * @param timer tells when a call has taken too long
	 * @param home takes what has happened to the thread that has the state
	 * @param board says whether what was decided still holds
	 */
	HostedApplications(FailoverState state, Executor executor, ScheduledExecutorService timer, Consumer<Runnable> home,
			StatusBoard board) {
		this.board = board;
		this.state = state;
		this.executor = executor;
		this.timer = timer;
		this.home = home;
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
	 * Brings home how a call went.
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
			happen((application) -> application.started(this.token, Moment.now()));
		}

		@Override
		public void failed(Throwable failure) {
			happen((application) -> {
				Duration pause = application.failed(this.token, Moment.now());
				logger.error("'" + this.name + "' has failed to start on this node, which does not try again for "
						+ pause.toSeconds() + " s", failure);
			});
		}

		@Override
		public void stopped() {
			happen((application) -> application.stopped(this.token));
		}

		@Override
		public void startHangs() {
			happen((application) -> application.startHangs(this.token));
		}

		@Override
		public void stopHangs() {
			happen((application) -> application.stopHangs(this.token));
		}

		@Override
		public void cameBack() {
			happen((application) -> application.attempts().hang(false));
		}

		private void happen(Consumer<ApplicationState> what) {
			HostedApplications.this.home
				.accept(() -> what.accept(HostedApplications.this.state.application(this.name)));
		}

	}

}
