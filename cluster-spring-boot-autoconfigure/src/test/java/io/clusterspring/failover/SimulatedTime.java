package io.clusterspring.failover;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * True time, in milliseconds, which goes on from one event to the next, and the chance of
 * a history: both by a seed, so that a history that went wrong can be had again.
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
	 * Return a number by chance.
	 * @param bound more than the greatest
	 * @return from zero on
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
