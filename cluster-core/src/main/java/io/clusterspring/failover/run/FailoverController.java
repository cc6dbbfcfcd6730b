package io.clusterspring.failover.run;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.decision.Effect;
import io.clusterspring.failover.decision.FailoverFrame;
import io.clusterspring.failover.decision.FailoverState;
import io.clusterspring.failover.time.Moment;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.DaemonThreads;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReceiver;
import io.clusterspring.wire.WireLine;

/**
 * Runs the applications of this node as {@link FailoverState} decides. One thread passes
 * views, reports and time to the state. The applications are called on other threads, so
 * that they cannot block it. Thread-safe.
 */
public final class FailoverController
		implements DistributedApplications, TransportListener, SmartLifecycle, FailureSource, AutoCloseable {

	private static final Log logger = LogFactory.getLog(FailoverController.class);

	/** How long a node that stops waits until its last report is sent. */
	private static final Duration LAST_REPORT_TIMEOUT = Duration.ofSeconds(1);

	private static final int MAILBOX_CAPACITY = 10_000;

	private final Node self;

	private final Supplier<? extends Collection<? extends DistributedApplication>> applications;

	private final Map<String, Placement> placements;

	private final ScheduledThreadPoolExecutor thread;

	private final FailoverState state;

	private final WireLine line;

	private final CoalescedTask settling;

	private final HostedApplications hosted;

	private final StatusBoard board = new StatusBoard();

	private final Ticker ticker;

	private final TermTimer terms;

	private final ReportSender reports;

	private final ExecutorService senders = Executors.newCachedThreadPool(new DaemonThreads("distributed-reports"));

	private @Nullable CountDownLatch leaving;

	private volatile boolean running;

	/**
	 * Create the controller. It votes from now on, and runs applications between
	 * {@link #start()} and {@link #stop()}.
	 * @param wire carries the frames between nodes
	 * @param applications supplies the applications of this node, at each start
	 * @param placements the placements by the names of the applications, the same on all
	 * nodes
	 * @param detection the longest time until a silent node is removed from the view
	 * @param executor runs the calls of the applications; a call may block its thread
	 */
	public FailoverController(ClusterWire wire,
			Supplier<? extends Collection<? extends DistributedApplication>> applications,
			Map<String, Placement> placements, Duration detection, Executor executor) {
		this.self = wire.self();
		this.applications = applications;
		this.placements = Map.copyOf(placements);
		this.state = new FailoverState(this.self, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), placements,
				FailoverState.grace(detection), Moment.now());
		this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("distributed-applications"),
				new DiscardPolicy());
		this.thread.setRemoveOnCancelPolicy(true);
		this.hosted = new HostedApplications(this.state, this.placements, executor, this.thread, this::post,
				this.board);
		Mailbox frames = new Mailbox(this.thread, MAILBOX_CAPACITY);
		this.settling = new CoalescedTask(frames, () -> act(() -> {
		}));
		this.line = wire.open(FrameKind.DISTRIBUTED, frames, new FrameHandler());
		this.reports = new ReportSender((node, frame) -> this.line.sendTo(node, frame.encode()), this.senders);
		this.terms = new TermTimer(this.thread, () -> act(() -> {
		}));
		this.ticker = Ticker.on(this.thread, "distributed-applications", this.state.tick(), () -> settle(() -> {
		}));
		// a node without applications does not need it
		if (!placements.isEmpty()) {
			this.ticker.start();
		}
	}

	@Override
	public void viewChanged(ClusterView view) {
		post(() -> {
			this.state.viewChanged(view.nodes(), Moment.now());
			this.reports.retain(view.nodes());
		});
	}

	/** Stop all applications at once. */
	@Override
	public void evicted(ClusterView alone) {
		post(() -> this.state.evicted(alone.nodes(), Moment.now()));
	}

	private void post(Runnable task) {
		this.thread.execute(() -> act(task));
	}

	private void take(Node sender, FailoverFrame frame) {
		if (frame instanceof FailoverFrame.Permit permit) {
			permitHere(permit.application(), permit.permitted(), sender);
		}
		else {
			this.state.receive(sender, frame, Moment.now());
		}
	}

	private void permitHere(String application, boolean permitted, Node by) {
		if (this.state.permit(application, permitted)) {
			logger.info("'" + LogText.of(application) + "' is " + (permitted ? "permitted" : "forbidden")
					+ " on this node, by " + by);
		}
	}

	// only the controller's thread calls this
	private void act(Runnable task) {
		attempt(() -> settle(task));
	}

	private void settle(Runnable task) {
		attempt(task);
		this.state.settle(Moment.now()).forEach((effect) -> attempt(() -> perform(effect)));
		publish();
	}

	// a step that fails, such as a message to a node that leaves, must not stop the
	// others
	private static void attempt(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			logger.error("A step of distributed applications has failed", ex);
		}
	}

	private void perform(Effect effect) {
		if (effect instanceof Effect.Send send) {
			send.receivers().forEach((node) -> this.reports.send(node, send.frame()));
		}
		else if (effect instanceof Effect.Warn warning) {
			logger.warn(LogText.line(warning.message()));
		}
		else if (effect instanceof Effect.Start start) {
			publish();
			this.hosted.start(start);
		}
		else if (effect instanceof Effect.Stop stop) {
			publish();
			this.hosted.stop(stop);
		}
	}

	private void publish() {
		Moment now = Moment.now();
		this.board.write(this.state, now);
		this.terms.set(this.state.untilNextEnd(now), now);
		CountDownLatch left = this.leaving;
		if (left != null && this.state.isIdle()) {
			left.countDown();
		}
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public List<ApplicationStatus> statuses() {
		return this.board.statuses();
	}

	@Override
	public boolean isRunningHere(String application) {
		return this.board.isRunningHere(application);
	}

	@Override
	public void move(String application, Node node) {
		requirePresent(application);
		new OrderCheck(this.board.status(application)).checkMove(node);
		post(() -> {
			if (this.state.move(application, node, Moment.now())) {
				logger.info("'" + application + "' is moved to " + node + " by hand");
			}
		});
	}

	private void requirePresent(String application) {
		String absence = this.board.absence();
		Assert.state(absence == null, () -> "'" + application + "' cannot be moved, permitted or "
				+ "forbidden on this node: " + absence + ". Use a node of the cluster");
	}

	@Override
	public void permit(String application, Node node, boolean permitted) {
		requirePresent(application);
		new OrderCheck(this.board.status(application)).checkPermit(node, permitted);
		if (node.equals(this.self)) {
			post(() -> permitHere(application, permitted, this.self));
		}
		else {
			this.reports.send(node, new FailoverFrame.Permit(application, permitted));
		}
	}

	@Override
	public void start() {
		// first: an application that is found meanwhile is then added, and not missed
		this.running = true;
		Map<String, DistributedApplication> found = new TreeMap<>();
		for (DistributedApplication application : this.applications.get()) {
			Utf8.requireWellFormed("Name of distributed application", application.name());
			Assert.state(found.put(application.name(), application) == null,
					() -> "There are two distributed applications '" + application.name() + "'");
		}
		post(() -> host(found));
	}

	/**
	 * Add an application that was found after the start. Before the start this does
	 * nothing, because the start finds it.
	 */
	public void add(DistributedApplication application) {
		if (this.running) {
			post(() -> host(Map.of(application.name(), application)));
		}
	}

	private void host(Map<String, DistributedApplication> found) {
		this.leaving = null;
		found.forEach(this.hosted::add);
		this.state.host(found.keySet());
		if (!found.isEmpty()) {
			this.ticker.start();
		}
	}

	/**
	 * Stop the applications of this node, so that other nodes take them over. Returns
	 * when they have stopped, or at the latest a second after the longest stop timeout.
	 */
	@Override
	public void stop() {
		CountDownLatch left = new CountDownLatch(1);
		post(() -> {
			this.leaving = left;
			this.state.leave();
		});
		try {
			long longest = this.placements.values()
				.stream()
				.mapToLong((placement) -> placement.stopTimeout().toMillis())
				.reduce(Placement.DEFAULT_STOP_TIMEOUT.toMillis(), Math::max);
			if (!this.thread.isShutdown() && !left.await(longest + 1000, TimeUnit.MILLISECONDS)) {
				logger.warn("Distributed applications have not stopped within their stop timeouts");
			}
			this.reports.awaitIdle(LAST_REPORT_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void close() {
		this.ticker.close();
		this.line.close();
		this.thread.shutdownNow();
		this.senders.shutdownNow();
	}

	private final class FrameHandler implements FrameReceiver {

		@Override
		public void receive(Node sender, ByteBuffer body) {
			FailoverFrame frame = FailoverFrame.decode(body);
			attempt(() -> take(sender, frame));
			// reports of many nodes come together
			FailoverController.this.settling.post();
		}

		@Override
		public void unreadable(Node sender) {
			act(() -> FailoverController.this.state.unreadable(sender));
		}

	}

}
