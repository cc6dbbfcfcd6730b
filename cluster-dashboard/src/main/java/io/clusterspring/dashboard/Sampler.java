package io.clusterspring.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.springframework.context.SmartLifecycle;

import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;

/**
 * Takes a sample of this node every five seconds and keeps those of ten minutes.
 */
final class Sampler implements SmartLifecycle, FailureSource {

	static final Duration INTERVAL = Duration.ofSeconds(5);

	static final int KEPT = 120;

	private final Samples samples;

	private final LongSupplier nanoClock;

	private final Ticker ticker;

	/** Tells the samples of this run from those of another one. */
	private final long run;

	Sampler(List<Reading> readings, LongSupplier nanoClock) {
		this.samples = new Samples(readings, KEPT);
		this.nanoClock = nanoClock;
		this.run = nanoClock.getAsLong();
		this.ticker = Ticker.withThread("cluster-dashboard-samples", INTERVAL, this::take);
	}

	void take() {
		this.samples.take(this.nanoClock.getAsLong());
	}

	/**
	 * Return the samples that are younger than a given one.
	 * @param node the name of this node
	 * @param run the run that the number is of
	 * @param after the number of a sample
	 */
	SamplesDescription after(String node, String run, long after) {
		String own = Long.toHexString(this.run);
		Samples.Taken taken = this.samples.after(own.equals(run) ? after : 0, this.nanoClock.getAsLong());
		return new SamplesDescription(node, own, INTERVAL.toSeconds(), taken.last(), taken.ages(), taken.series());
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public void start() {
		take();
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

}
