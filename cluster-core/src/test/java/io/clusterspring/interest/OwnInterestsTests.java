package io.clusterspring.interest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.clusterspring.replication.Replicas.Changes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link OwnInterests}.
 */
class OwnInterestsTests {

	private static final long SECOND = 1_000_000_000;

	private final OwnInterests own = new OwnInterests(1, new InterestSettings(3, Duration.ofSeconds(10)));

	@Test
	void onlyTheFirstSubscriptionIsAnnounced() {
		this.own.add("a");
		this.own.add("a");
		this.own.add("b");
		assertThat(changes()).containsExactly("+a", "+b");
		this.own.remove("a", 0);
		this.own.expire(100 * SECOND);
		assertThat(changes()).isEmpty();
	}

	@Test
	void topicStaysAnnouncedForTheTimeItLingers() {
		this.own.add("a");
		this.own.remove("a", 5 * SECOND);
		this.own.expire(14 * SECOND);
		assertThat(changes()).containsExactly("+a");
		this.own.add("a");
		this.own.expire(15 * SECOND);
		assertThat(changes()).as("used again").isEmpty();
		this.own.remove("a", 20 * SECOND);
		this.own.expire(30 * SECOND);
		assertThat(changes()).containsExactly("-a");
		assertThat(this.own.add("a").number()).isEqualTo(3);
	}

	@Test
	void idleTopicsMakeRoomForOthersTheEldestFirst() {
		List.of("a", "b", "c").forEach(this.own::add);
		this.own.remove("b", 1);
		this.own.remove("a", 2);
		this.own.add("d");
		assertThat(changes()).containsExactly("+a", "+b", "+c", "-b", "+d");
		assertThat(this.own.isEverything()).isFalse();
	}

	@Test
	void nodeWithTooManyTopicsAnnouncesEverything() {
		List.of("a", "b", "c", "d", "e", "d").forEach(this.own::add);
		assertThat(changes()).containsExactly("+a", "+b", "+c", "+");
		assertThat(topics()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1, "d", 2, "e", 1));
		assertThat(this.own.add("f").number()).as("known with everything").isEqualTo(4);
		this.own.remove("f", 0);
		// the first ones go: the others are announced, and then everything is withdrawn
		List.of("a", "b", "e").forEach((topic) -> this.own.remove(topic, 0));
		this.own.expire(10 * SECOND);
		assertThat(changes()).containsExactly("-a", "-b");
		this.own.expire(10 * SECOND);
		assertThat(changes()).containsExactly("+d");
		this.own.expire(20 * SECOND);
		assertThat(changes()).containsExactly("-");
		assertThat(topics()).isEqualTo(Map.of("c", 1, "d", 2));
	}

	@Test
	void pageHasWhatIsAnnouncedAfterAnId() {
		List.of("a", "b", "c").forEach(this.own::add);
		this.own.remove("b", 0);
		this.own.expire(10 * SECOND);
		assertThat(this.own.after(0)).extracting(Interest::topic).containsExactly("a", "c");
		assertThat(this.own.after(1)).containsExactly(new Interest(true, 3, "c"));
	}

	@Test
	void whatWasNeverSubscribedIsNotRemoved() {
		this.own.remove("a", 0);
		this.own.add("a");
		this.own.remove("a", 0);
		this.own.remove("a", 0);
		this.own.add("a");
		assertThat(topics()).isEqualTo(Map.of("a", 1));
	}

	private Map<String, Integer> topics() {
		Map<String, Integer> topics = new TreeMap<>();
		this.own.forEach(topics::put);
		return topics;
	}

	private List<String> changes() {
		Changes<Interest> taken = this.own.changes().take();
		return (taken != null)
				? taken.changes().stream().map((one) -> (one.announced() ? "+" : "-") + one.topic()).toList()
				: List.of();
	}

}
