package io.clusterspring.benchmarks.chaos;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Timeline}.
 */
class TimelineTests {

	private static final Span ALL = new Span(0, 1000);

	private final Lives n1 = Lives.of("n1").up("n2", 10, "n1", "n2", "n3").up("n3", 11, "n1", "n2", "n3");

	private final Lives n2 = Lives.of("n2").up("n1", 10, "n1", "n2", "n3").up("n3", 11, "n1", "n2", "n3");

	private final Lives n3 = Lives.of("n3").up("n1", 15, "n1", "n2", "n3").up("n2", 16, "n1", "n2", "n3");

	@Test
	void viewsOverlapUntilTheLastNodeHasTheNewOne() {
		assertThat(timeline().overlaps(ALL)).containsExactly(new Span(10, 15));
	}

	@Test
	void aNodeThatKeepsThoseWhoExcludedItOverlaps() {
		this.n1.down("n3", 100, "n1", "n2");
		this.n2.down("n3", 100, "n1", "n2");
		this.n3.down("n1", 300, "n3").down("n2", 300, "n3");
		assertThat(timeline().overlaps(new Span(50, 1000))).containsExactly(new Span(100, 300));
		assertThat(timeline().isOneView(500, 3)).isFalse();
	}

	@Test
	void partsThatHaveNobodyInCommonDoNotOverlap() {
		this.n1.down("n3", 100, "n1", "n2");
		this.n2.down("n3", 100, "n1", "n2");
		this.n3.down("n1", 100, "n3").down("n2", 100, "n3");
		assertThat(timeline().overlaps(new Span(50, 1000))).isEmpty();
	}

	@Test
	void aNodeWithoutASayDoesNotOverlap() {
		this.n1.down("n3", 100, "n1", "n2");
		this.n2.down("n3", 100, "n1", "n2");
		this.n3.asleep(90, 200).down("n1", 210, "n3").down("n2", 210, "n3");
		assertThat(timeline().overlaps(new Span(50, 1000))).containsExactly(new Span(200, 210));
		this.n3.dead(95);
		assertThat(timeline().overlaps(new Span(50, 1000))).isEmpty();
	}

	@Test
	void oneViewHoldsThoseThatAreThereAndNobodyElse() {
		assertThat(timeline().isOneView(14, 3)).isFalse();
		assertThat(timeline().isOneView(20, 3)).isTrue();
		assertThat(timeline().isOneView(20, 4)).isFalse();
		this.n3.dead(30);
		assertThat(timeline().isOneView(40, 2)).isFalse();
	}

	@Test
	void nodesAreTogetherAsLongAsNeitherLosesTheOther() {
		this.n3.down("n1", 100, "n3").up("n1", 200, "n1", "n2", "n3");
		NodeLife first = this.n1.life();
		NodeLife third = this.n3.life();
		assertThat(Timeline.together(first, third, new Span(20, 90))).isTrue();
		assertThat(Timeline.together(first, third, new Span(20, 110))).isFalse();
		assertThat(Timeline.together(third, first, new Span(150, 160))).isFalse();
		assertThat(Timeline.together(third, first, new Span(210, 300))).isTrue();
		assertThat(Timeline.together(first, this.n2.asleep(230, 240).life(), new Span(210, 300))).isFalse();
	}

	@Test
	void aNodeThatWasReplacedWithinOneViewWasNotTogetherWithAnybody() {
		this.n1.down("n3", 100, "n1", "n2", "n3").up("n3", 100, "n1", "n2", "n3");
		assertThat(this.n1.life().keeps("n3", new Span(50, 150))).isFalse();
		assertThat(this.n1.life().keeps("n2", new Span(50, 150))).isTrue();
	}

	@Test
	void anApplicationRunsTwiceWhileItDoesSoOnTwoNodes() {
		this.n1.tell(Kind.RUN, "a", 100).tell(Kind.REST, "a", 300);
		this.n2.tell(Kind.RUN, "a", 250).tell(Kind.REST, "a", 400);
		this.n3.tell(Kind.RUN, "a", 400).tell(Kind.RUN, "b", 100);
		assertThat(timeline().twice("a", ALL, 0)).isEqualTo(50);
		this.n1.dead(240);
		assertThat(timeline().twice("a", ALL, 0)).isZero();
	}

	@Test
	void anApplicationDoesNotRunInAProcessThatIsFrozenAndNotAtOnceWhenItWakes() {
		this.n1.tell(Kind.RUN, "a", 100).tell(Kind.REST, "a", 520).asleep(200, 500);
		this.n2.tell(Kind.RUN, "a", 300);
		assertThat(timeline().twice("a", ALL, 0)).isEqualTo(20);
		assertThat(timeline().twice("a", ALL, 15)).isEqualTo(5);
		assertThat(timeline().twice("a", ALL, 30)).isZero();
	}

	@Test
	void eventsOfOneViewAreOneChange() {
		assertThat(this.n1.life().viewChanges(ALL)).containsExactly(10L);
		assertThat(this.n1.life().count(Kind.UP, ALL)).isEqualTo(2);
	}

	private Timeline timeline() {
		return new Timeline(Stream.of(this.n1, this.n2, this.n3).map(Lives::life).toList());
	}

	@Test
	void whoHasNotJoinedHasNoSay() {
		NodeLife early = new NodeLife("n4", 4, Long.MAX_VALUE, List.of(), List.of());
		assertThat(early.isJoined(500)).isFalse();
		assertThat(this.n1.life().isJoined(1)).isTrue();
	}

}
