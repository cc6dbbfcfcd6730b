package io.clusterspring.failover.decision;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The true time in milliseconds, which advances from event to event, and the random
 * numbers of a history. Both depend on a seed, so that a failed history can be repeated.
 */
final class SimulatedTime {

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::time).thenComparingLong(Event::number));

	private final Random random;

	private long time;

	private long number;

	SimulatedTime(long seed) {
		this.random = new Random(seed);
	}

	long now() {
		return this.time;
	}

	Random random() {
		return this.random;
	}

	/**
	 * Return a random number.
	 * @param bound the exclusive upper bound
	 * @return a number, at least zero
	 */
	int random(int bound) {
		return this.random.nextInt(bound);
	}

	void later(long millis, Runnable happening) {
		at(this.time + millis, happening);
	}

	void at(long when, Runnable happening) {
		this.events.add(new Event(when, this.number++, happening));
	}

	void run(long millis) {
		long end = this.time + millis;
		while (!this.events.isEmpty() && this.events.peek().time() <= end) {
			Event event = this.events.poll();
			this.time = event.time();
			event.happening().run();
		}
		this.time = end;
	}

	private record Event(long time, long number, Runnable happening) {
	}

}
