package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The numbered messages of one process, as a node heard them. All times are those of
 * {@link System#nanoTime()}, which on Linux all processes share.
 */
final class HeardStream {

	/**
	 * How long a sender is silent at least to be said to be.
	 */
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
	 * A message has arrived.
	 * @param number its number; each is one more than the one before it
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

	// there is no room for more: the newest one becomes longer
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
		return new Heard(this.sender, incarnation, this.count, this.firstTime, this.last, this.lastTime, this.repeated,
				this.late, this.outside, List.copyOf(this.breaks));
	}

}
