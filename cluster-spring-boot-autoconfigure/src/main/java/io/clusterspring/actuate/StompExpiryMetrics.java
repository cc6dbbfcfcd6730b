package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.stomp.StompExpiry;

/**
 * Meters of STOMP sessions that end with the authentication of their users.
 */
record StompExpiryMetrics(StompExpiry expiry) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		new Meters<>(registry, this.expiry).counter("cluster.stomp.expired",
				"STOMP sessions that were closed because their time was over", StompExpiry::expired);
	}

}
