package io.clusterspring.jgroups.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Measures how long a small message and its answer take. Each is told from the others by
 * a number that the answer repeats.
 */
final class RoundTrips {

	private static final long TIMEOUT_SECONDS = 1;

	private final AtomicLong numbers = new AtomicLong();

	private final ConcurrentMap<Long, RoundTrip> pending = new ConcurrentHashMap<>();

	CompletableFuture<Duration> begin(LongConsumer send) {
		long number = this.numbers.incrementAndGet();
		RoundTrip trip = new RoundTrip(System.nanoTime(), new CompletableFuture<>());
		this.pending.put(number, trip);
		send.accept(number);
		return trip.time.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.whenComplete((time, failure) -> this.pending.remove(number));
	}

	void end(long number) {
		RoundTrip trip = this.pending.get(number);
		if (trip != null) {
			trip.time.complete(Duration.ofNanos(System.nanoTime() - trip.start));
		}
	}

	private record RoundTrip(long start, CompletableFuture<Duration> time) {
	}

}
