package io.clusterspring.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The last samples of some readings, in arrays that never grow. A counter is kept as its
 * rate a second. A value that cannot be read is missing in that sample only. Thread-safe.
 */
final class Samples {

	private final List<Reading> readings;

	private final int capacity;

	private final long[] nanos;

	private final double[][] values;

	/** The counters as they were last read. */
	private final double[] counted;

	private long taken;

	Samples(List<Reading> readings, int capacity) {
		this.readings = List.copyOf(readings);
		this.capacity = capacity;
		this.nanos = new long[capacity];
		this.values = new double[readings.size()][capacity];
		this.counted = new double[readings.size()];
		Arrays.fill(this.counted, Double.NaN);
	}

	/**
	 * Take a sample.
	 * @param now the time in nanoseconds, by a monotonic clock
	 */
	synchronized void take(long now) {
		int slot = slot(this.taken);
		long before = (this.taken > 0) ? this.nanos[slot(this.taken - 1)] : now;
		for (int i = 0; i < this.readings.size(); i++) {
			Reading reading = this.readings.get(i);
			double value = read(reading);
			this.values[i][slot] = reading.counted() ? rate(i, value, now - before) : value;
		}
		this.nanos[slot] = now;
		this.taken++;
	}

	private static double read(Reading reading) {
		try {
			return reading.value().getAsDouble();
		}
		catch (RuntimeException ex) {
			return Double.NaN;
		}
	}

	private double rate(int index, double value, long passed) {
		double grown = value - this.counted[index];
		this.counted[index] = value;
		return (passed > 0 && grown >= 0) ? grown * 1e9 / passed : Double.NaN;
	}

	/**
	 * Return the samples that are younger than a given one.
	 * @param after the number of a sample, the first is 1
	 * @param now the time in nanoseconds, by the clock of the samples
	 */
	synchronized Taken after(long after, long now) {
		long oldest = Math.max(0, this.taken - this.capacity);
		// a number that is yet to come is of another run of this node
		long first = (after > this.taken) ? oldest : Math.max(oldest, after);
		List<Long> ages = new ArrayList<>();
		for (long number = first; number < this.taken; number++) {
			ages.add((now - this.nanos[slot(number)]) / 1_000_000);
		}
		Map<String, List<@Nullable Double>> series = new LinkedHashMap<>();
		for (int i = 0; i < this.readings.size(); i++) {
			series.put(this.readings.get(i).name(), series(i, first));
		}
		return new Taken(this.taken, ages, series);
	}

	private List<@Nullable Double> series(int index, long first) {
		List<@Nullable Double> shown = new ArrayList<>();
		for (long number = first; number < this.taken; number++) {
			double value = this.values[index][slot(number)];
			shown.add(Double.isFinite(value) ? (Double) (Math.round(value * 1000) / 1000.0) : null);
		}
		return shown;
	}

	private int slot(long number) {
		return (int) (number % this.capacity);
	}

	/**
	 * Samples, the oldest first.
	 *
	 * @param last the number of the last one
	 * @param ages their ages in milliseconds
	 * @param series the values of each reading; {@code null} where it could not be read
	 */
	record Taken(long last, List<Long> ages, Map<String, List<@Nullable Double>> series) {
	}

}
