package io.clusterspring.inspect;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoundTripTimes}.
 */
class RoundTripTimesTests {

	private static final Node N1 = Node.of("n1@h");

	private static final Node N2 = Node.of("n2@h");

	private final Map<Node, CompletableFuture<Duration>> trips = new HashMap<>();

	private final RoundTripTimes times = new RoundTripTimes(
			(node) -> this.trips.computeIfAbsent(node, (key) -> new CompletableFuture<>()));

	@Test
	void eachNodeIsMeasured() {
		CompletableFuture<Map<String, Object>> micros = this.times.micros(List.of(N1, N2));
		this.trips.get(N1).complete(Duration.ofNanos(1500));
		assertThat(micros).isNotDone();
		this.trips.get(N2).complete(Duration.ofMillis(2));
		assertThat(micros.join()).containsEntry("n1@h", 1L).containsEntry("n2@h", 2000L);
	}

	@Test
	void nodeThatDoesNotAnswerIsWaitedForOnlyOnce() {
		this.trips.put(N1, CompletableFuture.completedFuture(Duration.ofMillis(1)));
		CompletableFuture<Map<String, Object>> first = this.times.micros(List.of(N1, N2));
		assertThat(first).isNotDone();
		assertThat(first.join()).containsEntry("n1@h", 1000L).containsEntry("n2@h", null);
		this.trips.remove(N2).completeExceptionally(new IllegalStateException("no answer"));
		assertThat(this.times.micros(List.of(N1, N2))).isDone();
		this.trips.get(N2).complete(Duration.ofMillis(3));
		assertThat(this.times.micros(List.of(N1, N2)).join()).containsEntry("n2@h", 3000L);
	}

}
