package io.clusterspring.channel.websocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backlog}.
 */
class BacklogTests {

	private final Backlog backlog = new Backlog();

	@Test
	void nothingWaitsForLong() {
		assertThat(this.backlog.look(0, 0, 10)).isZero();
		assertThat(this.backlog.look(0, 0, 99)).isZero();
		assertThat(this.backlog.look(50, 50, 200)).isZero();
	}

	@Test
	void whatWaitsAgesFromTheFirstGlance() {
		assertThat(this.backlog.look(0, 100, 10)).isZero();
		assertThat(this.backlog.look(0, 100, 15)).isEqualTo(5);
		assertThat(this.backlog.look(99, 5000, 30)).as("all but one byte").isEqualTo(20);
	}

	@Test
	void ageBeginsAnewWhenAllThatWasSeenIsGone() {
		this.backlog.look(0, 100, 10);
		assertThat(this.backlog.look(100, 500, 40)).isZero();
		assertThat(this.backlog.look(100, 900, 45)).isEqualTo(5);
		assertThat(this.backlog.look(900, 900, 60)).isZero();
		assertThat(this.backlog.look(900, 950, 90)).as("nothing waited in between").isZero();
		assertThat(this.backlog.look(900, 950, 95)).isEqualTo(5);
	}

}
