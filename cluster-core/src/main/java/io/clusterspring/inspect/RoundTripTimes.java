package io.clusterspring.inspect;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Measures the round trips to the other nodes whenever somebody asks. It waits a moment
 * for nodes, and not for those that have not answered the time before. Thread-safe.
 */
final class RoundTripTimes {

	private static final long PATIENCE = 250;

	private final Function<Node, CompletableFuture<Duration>> measure;

	/** The nodes that have not answered the last time. */
	private final Set<Node> late = ConcurrentHashMap.newKeySet();

	/** The measurements under way. */
	private final Map<Node, CompletableFuture<Duration>> measuring = new ConcurrentHashMap<>();

	RoundTripTimes(Function<Node, CompletableFuture<Duration>> measure) {
		this.measure = measure;
	}

	/**
	 * Measure the round trips to nodes.
	 * @return completes with the times in microseconds, {@code null} for nodes that have
	 * not answered, by the names of the nodes
	 */
	CompletableFuture<Map<String, @Nullable Object>> micros(Collection<Node> nodes) {
		this.late.retainAll(nodes);
		Map<Node, CompletableFuture<Duration>> trips = new TreeMap<>();
		nodes.forEach((node) -> trips.put(node, trip(node)));
		CompletableFuture<?>[] waits = trips.entrySet()
			.stream()
			.filter((trip) -> !this.late.contains(trip.getKey()))
			.map((trip) -> trip.getValue().handle((time, failure) -> true))
			.toArray(CompletableFuture[]::new);
		return CompletableFuture.allOf(waits)
			.completeOnTimeout(null, PATIENCE, TimeUnit.MILLISECONDS)
			.thenApply((done) -> read(trips));
	}

	private CompletableFuture<Duration> trip(Node node) {
		CompletableFuture<Duration> present = this.measuring.get(node);
		if (present != null) {
			return present;
		}
		CompletableFuture<Duration> trip = this.measure.apply(node);
		this.measuring.put(node, trip);
		trip.whenComplete((time, failure) -> {
			this.measuring.remove(node, trip);
			if (time != null) {
				this.late.remove(node);
			}
			else {
				this.late.add(node);
			}
		});
		return trip;
	}

	private static Map<String, @Nullable Object> read(Map<Node, CompletableFuture<Duration>> trips) {
		Map<String, @Nullable Object> micros = new TreeMap<>();
		trips.forEach((node, trip) -> {
			boolean known = trip.isDone() && !trip.isCompletedExceptionally();
			micros.put(node.toString(), known ? trip.join().toNanos() / 1000 : null);
		});
		return micros;
	}

}
