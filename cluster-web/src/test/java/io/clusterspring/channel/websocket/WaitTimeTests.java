package io.clusterspring.channel.websocket;

import org.junit.jupiter.api.Test;

import io.clusterspring.channel.websocket.SocketOutbox.WaitTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WaitTime}.
 */
class WaitTimeTests {

	private final WaitTime waitTime = new WaitTime();

	@Test
	void timeIsZeroIfNothingWaits() {
		assertThat(this.waitTime.check(0, 0, 10)).isZero();
		assertThat(this.waitTime.check(0, 0, 99)).isZero();
		assertThat(this.waitTime.check(50, 50, 200)).isZero();
	}

	@Test
	void timeStartsAtTheFirstCheck() {
		assertThat(this.waitTime.check(0, 100, 10)).isZero();
		assertThat(this.waitTime.check(0, 100, 15)).isEqualTo(5);
		assertThat(this.waitTime.check(99, 5000, 30)).as("all but one byte").isEqualTo(20);
	}

	@Test
	void timeStartsAgainWhenAllCheckedBytesAreWritten() {
		this.waitTime.check(0, 100, 10);
		assertThat(this.waitTime.check(100, 500, 40)).isZero();
		assertThat(this.waitTime.check(100, 900, 45)).isEqualTo(5);
		assertThat(this.waitTime.check(900, 900, 60)).isZero();
		assertThat(this.waitTime.check(900, 950, 90)).as("nothing waited in between").isZero();
		assertThat(this.waitTime.check(900, 950, 95)).isEqualTo(5);
	}

}
