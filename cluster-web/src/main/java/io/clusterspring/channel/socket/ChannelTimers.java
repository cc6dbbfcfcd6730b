package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.channel.ChannelTimer;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.mailbox.Delay;

/**
 * The timers of one channel. Each has at most one run that waits in the channel's
 * mailbox, so timers cannot fill it. The thread of the delays only posts. Thread-safe.
 */
final class ChannelTimers {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final ChannelTimer OVER = () -> {
	};

	private final int capacity;

	private final Consumer<Runnable> channel;

	private final IntFunction<RejectedExecutionException> full;

	private final Set<Timer> timers = new HashSet<>(2);

	private boolean ended;

	/**
	 * Create the timers of a channel.
	 * @param capacity the maximum number of timers
	 * @param channel posts a task to the channel's mailbox; it does not run if the
	 * channel has ended
	 * @param full returns the exception for a timer beyond the capacity
	 */
	ChannelTimers(int capacity, Consumer<Runnable> channel, IntFunction<RejectedExecutionException> full) {
		this.capacity = capacity;
		this.channel = channel;
		this.full = full;
	}

	static ChannelTimers of(JoinedChannel channel, ChannelSocket socket, Consumer<Runnable> mailbox) {
		return new ChannelTimers(socket.context().settings().handlers().maxTimers(), mailbox, (limit) -> {
			socket.limitReached(ChannelLimit.MAX_TIMERS);
			return new RejectedExecutionException(
					channel + " has " + limit + " timers, the maximum (cluster.channels.max-timers)");
		});
	}

	ChannelTimer after(Duration delay, Runnable task) {
		Assert.isTrue(!delay.isNegative() && delay.compareTo(LONGEST) <= 0,
				() -> "The delay of a timer must be between 0 and 365 days, but is " + delay);
		return start(delay, new Timer(task, 0, 0));
	}

	ChannelTimer every(Duration period, Runnable task) {
		Assert.isTrue(period.compareTo(SHORTEST) >= 0 && period.compareTo(LONGEST) <= 0,
				() -> "The period of a timer must be between 1 ms and 365 days, but is " + period);
		long nanos = period.toNanos();
		return start(period, new Timer(task, nanos, System.nanoTime() + nanos));
	}

	private ChannelTimer start(Duration first, Timer timer) {
		synchronized (this) {
			if (this.ended) {
				return OVER;
			}
			if (this.timers.size() < this.capacity) {
				this.timers.add(timer);
				timer.schedule(first);
				return timer;
			}
		}
		throw this.full.apply(this.capacity);
	}

	/**
	 * Cancel all timers, because the channel has ended.
	 */
	synchronized void end() {
		this.ended = true;
		Set.copyOf(this.timers).forEach(Timer::cancel);
	}

	/**
	 * Return the next moment of a periodic timer. Moments that have passed are skipped.
	 * @param due the moment of the last run
	 * @param period the period
	 * @param now the present time
	 * @return the first moment after now that is a whole number of periods after the last
	 */
	static long next(long due, long period, long now) {
		return due + period * (Math.max(0, now - due) / period + 1);
	}

	/**
	 * One timer. Its state is guarded by the lock of all timers.
	 */
	private final class Timer implements ChannelTimer {

		private final Runnable task;

		private final long period;

		private long due;

		private @Nullable Delay delay;

		Timer(Runnable task, long period, long due) {
			this.task = task;
			this.period = period;
			this.due = due;
		}

		// the caller holds the lock
		void schedule(Duration time) {
			this.delay = Delay.of(time, () -> ChannelTimers.this.channel.accept(this::run));
		}

		private void run() {
			if (begins()) {
				this.task.run();
				goOn();
			}
		}

		private boolean begins() {
			synchronized (ChannelTimers.this) {
				return (this.period > 0) ? ChannelTimers.this.timers.contains(this)
						: ChannelTimers.this.timers.remove(this);
			}
		}

		private void goOn() {
			synchronized (ChannelTimers.this) {
				if (ChannelTimers.this.timers.contains(this)) {
					long now = System.nanoTime();
					this.due = next(this.due, this.period, now);
					schedule(Duration.ofNanos(this.due - now));
				}
			}
		}

		@Override
		public void cancel() {
			synchronized (ChannelTimers.this) {
				if (ChannelTimers.this.timers.remove(this) && this.delay != null) {
					this.delay.cancel();
				}
			}
		}

	}

}
