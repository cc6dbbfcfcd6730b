package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records the numbered messages of one process on a node. All times are those of
 * {@link System#nanoTime()}, which all processes share on Linux.
 */
final class HeardStream {

	/** The shortest silence of a sender that is recorded. */
	static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int MOST_BREAKS = 500;

	private final String sender;

	private final List<Break> breaks = new ArrayList<>();

	private long count;

	private long firstTime;

	private long last;

	private long lastTime;

	private long lastSent;

	private long repeated;

	private long late;

	private long outside;

	HeardStream(String sender) {
		this.sender = sender;
	}

	/**
	 * Record a message.
	 * @param number its number; consecutive messages have consecutive numbers
	 * @param sent when it was sent
	 * @param now when it arrived
	 * @param inside whether its sender is in the view
	 */
	synchronized void add(long number, long sent, long now, boolean inside) {
		this.outside += inside ? 0 : 1;
		if (this.count++ == 0) {
			this.firstTime = now;
		}
		else if (number <= this.last) {
			older(number);
			return;
		}
		else if (number > this.last + 1 || now - this.lastTime > SILENCE_NANOS) {
			addBreak(new Break(this.lastSent, this.lastTime, now, this.last + 1, number - this.last - 1));
		}
		this.last = number;
		this.lastTime = now;
		this.lastSent = sent;
	}

	private void older(long number) {
		if (this.breaks.stream().anyMatch((each) -> each.covers(number))) {
			this.late++;
		}
		else {
			this.repeated++;
		}
	}

	// there is no room for another: extend the newest one
	private void addBreak(Break next) {
		if (this.breaks.size() == MOST_BREAKS) {
			Break before = this.breaks.remove(MOST_BREAKS - 1);
			this.breaks.add(new Break(before.sent(), before.from(), next.to(), before.first(),
					before.missing() + next.missing()));
		}
		else {
			this.breaks.add(next);
		}
	}

	synchronized Heard report(long incarnation) {
		return new Heard(this.sender, incarnation, this.count, this.firstTime, this.last, this.repeated, this.late,
				this.outside, List.copyOf(this.breaks));
	}

}
