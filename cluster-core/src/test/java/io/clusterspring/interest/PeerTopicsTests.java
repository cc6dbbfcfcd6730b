package io.clusterspring.interest;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.AntPathMatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the destinations in {@link PeerTopics}.
 */
class PeerTopicsTests {

	private final PathPatterns patterns = new PathPatterns(new AntPathMatcher());

	private final AtomicInteger matched = new AtomicInteger();

	private final BiPredicate<String, String> counted = (name, destination) -> {
		this.matched.incrementAndGet();
		return this.patterns.test(name, destination);
	};

	private final PeerTopics peer = new PeerTopics(1000);

	private long ids;

	@BeforeEach
	void lease() {
		this.peer.lease(0);
	}

	@Test
	void nodeThatDoesNotAnnounceDestinationsGetsAll() {
		announce("a topic");
		assertThat(isWithout("/topic/a")).isFalse();
		announce(Names.DESTINATIONS);
		assertThat(isWithout("/topic/a")).isTrue();
		assertThat(this.peer.isWithout(Names.ofDestination("/topic/a"), "/topic/a", this.counted, InterestState.LEASE))
			.as("the lease is over")
			.isFalse();
	}

	@Test
	void beginningStandsForAllTopicsWithIt() {
		announce(Names.ofTopics("room:"));
		assertThat(this.peer.isWithout("room:1", 1)).isFalse();
		assertThat(this.peer.isWithout("room:", 1)).isFalse();
		assertThat(this.peer.isWithout("room", 1)).isTrue();
		assertThat(this.peer.isWithout("rooms", 1)).isTrue();
		announce(Names.ofTopics(""));
		assertThat(this.peer.isWithout("rooms", 1)).isFalse();
	}

	@Test
	void destinationIsNotATopicOfTheSameName() {
		announce(Names.DESTINATIONS);
		announce("/topic/a");
		assertThat(isWithout("/topic/a")).isTrue();
		announce(Names.ofDestination("/topic/b"));
		assertThat(isWithout("/topic/b")).isFalse();
		assertThat(this.peer.isWithout("/topic/b", 1)).isTrue();
	}

	@Test
	void nodeWithTooManySubscriptionsGetsAll() {
		announce(Names.DESTINATIONS);
		long id = announce(Names.EVERY_DESTINATION);
		assertThat(isWithout("/topic/a")).isFalse();
		withdraw(id, Names.EVERY_DESTINATION);
		assertThat(isWithout("/topic/a")).isTrue();
		announce(Interest.EVERYTHING);
		assertThat(isWithout("/topic/a")).isFalse();
	}

	@Test
	void patternsMatchUntilTheyAreWithdrawn() {
		announce(Names.DESTINATIONS);
		assertThat(isWithout("/topic/a")).isTrue();
		assertThat(this.matched).as("no pattern, no match").hasValue(0);
		long id = announce(pattern("/topic/*"));
		assertThat(isWithout("/topic/a")).isFalse();
		assertThat(isWithout("/queue/a")).isTrue();
		withdraw(id, pattern("/topic/*"));
		assertThat(isWithout("/topic/a")).isTrue();
	}

	@Test
	void stateReplacesPatterns() {
		announce(Names.DESTINATIONS);
		announce(pattern("/topic/*"));
		this.peer.replace(0, Long.MAX_VALUE, List.of(new Interest(true, 10, Names.DESTINATIONS),
				new Interest(true, 11, pattern("/queue/*")), new Interest(true, 12, Names.ofDestination("/x"))));
		assertThat(isWithout("/topic/a")).isTrue();
		assertThat(isWithout("/queue/a")).isFalse();
		assertThat(isWithout("/x")).isFalse();
	}

	@Test
	void destinationIsMatchedOnceForTheSamePatterns() {
		announce(Names.DESTINATIONS);
		announce(pattern("/topic/*"));
		assertThat(isWithout("/queue/a")).isTrue();
		assertThat(isWithout("/queue/a")).isTrue();
		assertThat(this.matched).hasValue(1);
		IntStream.range(0, 3000).forEach((i) -> isWithout("/queue/" + i));
		assertThat(isWithout("/topic/b")).as("more than are kept").isFalse();
	}

	@Test
	void nodeWithTooManyPatternsGetsAll() {
		announce(Names.DESTINATIONS);
		IntStream.range(0, PeerPatterns.MOST).forEach((i) -> announce(pattern("/topic/" + i + "/*")));
		assertThat(isWithout("/queue/a")).isTrue();
		long id = announce(pattern("/more/*"));
		assertThat(isWithout("/queue/a")).isFalse();
		withdraw(id, pattern("/more/*"));
		assertThat(isWithout("/queue/a")).isTrue();
	}

	private String pattern(String pattern) {
		String name = this.patterns.nameOf(pattern);
		assertThat(name).isNotNull();
		return name;
	}

	private long announce(String name) {
		this.peer.apply(new Interest(true, ++this.ids, name));
		return this.ids;
	}

	private void withdraw(long id, String name) {
		this.peer.apply(new Interest(false, id, name));
	}

	private boolean isWithout(String destination) {
		return this.peer.isWithout(Names.ofDestination(destination), destination, this.counted, 1);
	}

}
