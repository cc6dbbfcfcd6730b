package io.clusterspring.jgroups.discovery;

import java.util.concurrent.TimeUnit;

import org.jgroups.Address;

/**
 * The node that is to found the cluster, as a round of another node has shown: it is the
 * first of all that this one has heard of. From then on it alone is asked, for as long as
 * it answers: it knows what becomes of the cluster. So many nodes that start together do
 * not ask each other again and again while the first one waits for the last one. Not
 * thread-safe.
 */
final class Founder {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Address address;

	private boolean lost;

	private long heard;

	Founder(Address address, long now) {
		this.address = address;
		this.heard = now;
	}

	Address address() {
		return this.address;
	}

	boolean isAwaited(long now) {
		return !this.lost && now - this.heard < PATIENCE_NANOS;
	}

	// returns whether it was this one that has answered
	boolean answered(Address answering, long now) {
		boolean founder = this.address.equals(answering);
		if (founder) {
			this.heard = now;
		}
		return founder;
	}

	void lost() {
		this.lost = true;
	}

}
