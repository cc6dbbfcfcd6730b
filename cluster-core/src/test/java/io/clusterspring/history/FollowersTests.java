package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Followers}: the single reader of a log of destinations.
 */
class FollowersTests {

	private static final Origin A = new Origin(1, Node.of("a@host"));

	private static final String PRICES = "/topic/prices";

	private long now = TimeUnit.DAYS.toNanos(1);

	private final HistoryStore store = new HistoryStore(new Origin(9, Node.of("self@host")), HistorySpace.DESTINATIONS,
			List.of(new HistorySettings("prices", List.of("/topic/*"), 10, Duration.ofMinutes(10), 4000)),
			() -> this.now);

	FollowersTests() {
		this.store.booted();
	}

	private void take(String destination, long number) {
		this.store.take(destination, number == 1, new KeptMessage(A, number, this.now, new byte[20], 0, null));
	}

	private List<String> read(String destination) {
		List<String> read = new ArrayList<>();
		TopicLog log = this.store.log(destination);
		assertThat(log).isNotNull();
		for (List<LogItem> items = log.read(log.cursor(), 5); !items.isEmpty(); items = log.read(log.cursor(), 5)) {
			items.forEach((item) -> read
				.add((item instanceof KeptMessage kept) ? kept.origin() + ":" + kept.number() : "gap"));
		}
		return read;
	}

	private void removeLogs() {
		for (int i = 0; i < 20; i++) {
			take("/topic/other" + i, 1);
		}
		this.now += TimeUnit.MINUTES.toNanos(30);
		this.store.sweep();
		take("/topic/more", 1);
	}

	@Test
	void aFollowerReadsFromTheFirstMessageOfItsLog() {
		take(PRICES, 1);
		this.store.publish(this.store.log(PRICES), new FrameWriter(FrameKind.TOPIC).rest(new byte[1]).frame(), null,
				() -> {
				}, (frame) -> {
				});
		take(PRICES, 2);
		assertThat(read(PRICES)).containsExactlyInAnyOrder("1:1", "1:2", "9:1");
		assertThat(read(PRICES)).isEmpty();
	}

	@Test
	void aFollowerDoesNotKeepItsLogAndGoesOnInTheNextOne() {
		for (int i = 1; i <= 8; i++) {
			take(PRICES, i);
		}
		assertThat(read(PRICES)).hasSize(8);
		TopicLog before = this.store.log(PRICES);
		this.store.sweep();
		removeLogs();
		assertThat(this.store.log(PRICES)).isNotSameAs(before);
		take(PRICES, 10);
		for (int i = 3; i <= 9; i++) {
			// another node still had them
			take(PRICES, i);
		}
		this.store.log(PRICES).giveUp(A.id(), 2);
		assertThat(read(PRICES)).as("nothing is read twice").containsExactly("1:9", "1:10");
	}

	@Test
	void cursorsThatAreRememberedAreBounded() {
		Followers followers = new Followers(HistorySpace.DESTINATIONS);
		List<LogCursor> cursors = new ArrayList<>();
		for (int i = 0; i <= Followers.MOST; i++) {
			LogCursors log = followers.cursors("/topic/" + i);
			log.cursor(List.of()).advance(A.id(), 1);
			cursors.add(log.cursor(List.of()));
			log.leave();
		}
		assertThat(followers.cursors("/topic/0").cursor(List.of())).isNotSameAs(cursors.get(0));
		assertThat(followers.cursors("/topic/1").cursor(List.of())).isSameAs(cursors.get(1));
	}

	@Test
	void aDestinationToWhichNobodyHasPublishedIsForgotten() {
		Followers followers = new Followers(HistorySpace.DESTINATIONS);
		LogCursors log = followers.cursors(PRICES);
		LogCursor unused = log.cursor(List.of());
		log.leave();
		assertThat(followers.cursors(PRICES).cursor(List.of())).isNotSameAs(unused);
	}

	@Test
	void aFollowerIsNotClosed() {
		TopicLog log = this.store.log(PRICES);
		log.close(log.cursor());
		take(PRICES, 1);
		assertThat(read(PRICES)).containsExactly("1:1");
		assertThat(log.cursor()).isSameAs(log.cursor());
	}

}
