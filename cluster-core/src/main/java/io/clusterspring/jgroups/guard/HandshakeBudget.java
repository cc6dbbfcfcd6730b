package io.clusterspring.jgroups.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many TLS handshakes strangers can make a node begin: each costs it up to a
 * millisecond of CPU and the stranger next to nothing. Up to a number they begin at once,
 * then at a rate, of each host and in all; those that would have to wait too long are
 * refused. Thread-safe.
 */
final class HandshakeBudget {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int MOST_HOSTS = 1024;

	private static final Rate OF_A_HOST = new Rate(50, 100);

	private static final Rate IN_ALL = new Rate(250, 250);

	private final Map<String, Long> hosts = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
			return size() > MOST_HOSTS;
		}

	};

	private long all = Long.MIN_VALUE;

	// in how many nanoseconds one may begin, negative if it may not
	synchronized long reserve(String host, long now) {
		long ofHost = OF_A_HOST.next(this.hosts.getOrDefault(host, now), now);
		long inAll = IN_ALL.next((this.all != Long.MIN_VALUE) ? this.all : now, now);
		long wait = Math.max(0, Math.max(OF_A_HOST.wait(ofHost, now), IN_ALL.wait(inAll, now)));
		if (wait > SECOND) {
			return -1;
		}
		this.hosts.put(host, ofHost);
		this.all = inAll;
		return wait;
	}

	// a rate with a burst (the "generic cell rate algorithm"): what is kept is the time
	// at
	// which all that was granted has been paid for
	private record Rate(int perSecond, int burst) {

		long next(long paid, long now) {
			return ((paid - now > 0) ? paid : now) + SECOND / this.perSecond;
		}

		long wait(long next, long now) {
			return next - now - this.burst * (SECOND / this.perSecond);
		}

	}

}
