package io.clusterspring.revocation;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Delay;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.text.LogText;

/**
 * Looks after HTTP sessions of whose end nobody tells. A session is looked up when it has
 * expired unless it was used; that may block, on a thread of its own. If it cannot be
 * looked up, the sockets of this node are closed. All sessions are looked up when this
 * node may have missed what others have told: after a long time outside their view, or
 * when the process has stood still.
 */
public final class SessionWatch implements SmartLifecycle, FailureSource {

	private static final Log logger = LogFactory.getLog(SessionWatch.class);

	private static final Duration TICK = Duration.ofMillis(500);

	// a store that is that slow is not waited for
	private static final Duration SLOW = Duration.ofSeconds(2);

	// differences of the monotonic clock cannot overflow within this time
	private static final Duration FARTHEST = Duration.ofDays(50 * 365);

	private final Revocations revocations;

	private final Predicate<String> expired;

	private final @Nullable Store store;

	private final SessionDeadlines deadlines = new SessionDeadlines();

	private final CountedWarning failed = new CountedWarning(logger);

	private final Ticker ticker = Ticker.withThread("cluster-http-sessions", TICK, this::tick);

	private final long slow;

	private final Duration patience;

	private final LongSupplier clock;

	private volatile @Nullable Long lastTick;

	/**
	 * Create a watch, which is not started.
	 * @param revocations knows the sockets
	 * @param expired returns whether the session with an id was marked as expired; called
	 * twice a second for each session
	 * @param store looks sessions up, or {@code null} if it is heard when they end
	 */
	public SessionWatch(Revocations revocations, Predicate<String> expired, @Nullable Store store) {
		this(revocations, expired, store, SLOW, System::nanoTime);
	}

	SessionWatch(Revocations revocations, Predicate<String> expired, @Nullable Store store, Duration slow,
			LongSupplier clock) {
		this.slow = slow.toNanos();
		this.patience = slow;
		this.clock = clock;
		this.revocations = revocations;
		this.expired = expired;
		this.store = store;
		revocations.watch(this.deadlines);
	}

	void tick() {
		Set<String> before = this.deadlines.names();
		this.deadlines.retain(before, this.revocations.openSessions());
		long now = this.clock.getAsLong();
		Long last = this.lastTick;
		if (last != null && this.revocations.mayHaveMissed(now - last)) {
			this.deadlines.allDue(now);
		}
		boolean asks = true;
		for (SessionDeadlines.Watched session : this.deadlines.all()) {
			asks = check(session, now, asks);
		}
		// the time that the store takes is no standstill
		this.lastTick = this.clock.getAsLong();
	}

	/** Return whether to ask the store for the next session as well. */
	private boolean check(SessionDeadlines.Watched session, long now, boolean asks) {
		String id = session.id();
		long began = this.clock.getAsLong();
		try {
			if (id != null && this.expired.test(id)) {
				this.revocations.sessionEnded(id);
			}
			else if (session.isDue(now) && this.store != null) {
				if (asks) {
					lookUp(this.store, session, now);
				}
				else {
					this.revocations.leaveHere(session.hash());
				}
			}
			return asks;
		}
		catch (RuntimeException ex) {
			this.failed
				.add((count) -> "Closing the sockets of an HTTP session that may have expired, because it cannot "
						+ "be looked up (" + count + " so far)", LogText.failure(ex));
			this.revocations.leaveHere(session.hash());
			return asks && this.clock.getAsLong() - began < this.slow;
		}
	}

	private void lookUp(Store known, SessionDeadlines.Watched session, long now) {
		String id = session.id();
		if (id == null) {
			// another node has changed the id, and does not tell it
			this.revocations.leaveHere(session.hash());
			return;
		}
		Duration left = ask(known, id);
		if (left == null) {
			this.revocations.sessionEnded(id);
		}
		else {
			this.deadlines.extend(session, (left.compareTo(FARTHEST) > 0) ? null : now + left.toNanos());
		}
	}

	private @Nullable Duration ask(Store known, String id) {
		Overdue overdue = new Overdue();
		try {
			return known.left(id);
		}
		finally {
			overdue.end();
		}
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public void start() {
		this.lastTick = null;
		this.ticker.start();
	}

	@Override
	public void stop() {
		this.ticker.stop();
	}

	@Override
	public boolean isRunning() {
		return this.ticker.isRunning();
	}

	/**
	 * Closes the sockets of all sessions that are due, as long as the store does not
	 * answer: a query on a connection that hangs may never end.
	 */
	private final class Overdue {

		private boolean ended;

		private Delay next;

		Overdue() {
			this.next = Delay.of(SessionWatch.this.patience, this::closeDue);
		}

		private synchronized void closeDue() {
			if (this.ended) {
				return;
			}
			long now = SessionWatch.this.clock.getAsLong();
			for (SessionDeadlines.Watched session : SessionWatch.this.deadlines.all()) {
				if (session.isDue(now)) {
					SessionWatch.this.failed.add((
							count) -> "Closing the sockets of an HTTP session that may have expired, because its store "
									+ "does not answer (" + count + " so far)");
					SessionWatch.this.revocations.leaveHere(session.hash());
				}
			}
			this.next = Delay.of(SessionWatch.this.patience, this::closeDue);
		}

		synchronized void end() {
			this.ended = true;
			this.next.cancel();
		}

	}

	/**
	 * Where the sessions are.
	 */
	@FunctionalInterface
	public interface Store {

		/** The time left of a session that does not expire. */
		Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

		/**
		 * Look a session up, without using it.
		 * @param id its id
		 * @return the time until it expires, or {@code null} if it has ended
		 */
		@Nullable Duration left(String id);

	}

}
