package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.revocation.Revocations;

/**
 * Meters of what a node remembers of disconnects.
 *
 * @param revocations what it remembers
 */
record RevocationMetrics(Revocations revocations) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<Revocations> meters = new Meters<>(registry, this.revocations);
		meters.gauge("cluster.revocations", "Disconnects and ends of HTTP sessions that this node remembers",
				Revocations::remembered);
		meters.counter("cluster.revocations.forgotten",
				"Those that this node forgot early, because there were too many", Revocations::forgotten);
	}

}
