package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DetoursTests {

	private final Detours detours = new Detours();

	private IpAddress place;

	private IpAddress node;

	private long now;

	@BeforeEach
	void addresses() throws UnknownHostException {
		this.place = new IpAddress(InetAddress.getByName("10.0.0.2"), 7800);
		this.node = new IpAddress(InetAddress.getByName("203.0.113.7"), 30001);
	}

	@Test
	void placeIsAskedUntilANodeAnswersThereThatIsElsewhere() {
		assertThat(way()).isEqualTo(this.place);
		this.detours.asked(this.place);
		assertThat(this.detours.isUnanswered(this.place)).isTrue();
		assertThat(this.detours.isUnanswered(this.node)).isFalse();
		this.detours.answered(this.place, this.node, this.now);
		assertThat(this.detours.isUnanswered(this.place)).isFalse();
		assertThat(way()).isEqualTo(this.node);
		assertThat(this.detours.wayTo(this.node, this.now)).isEqualTo(this.node);
	}

	@Test
	void nodeThatIsWhereItWasAskedIsAskedThere() {
		this.detours.answered(this.place, this.node, this.now);
		this.detours.asked(this.place);
		this.detours.answered(this.place, this.place, this.now);
		assertThat(way()).isEqualTo(this.place);
		assertThat(this.detours.isUnanswered(this.place)).isFalse();
	}

	@Test
	void nodeThatCannotBeFoundWhereItSaysIsAskedAgainLater() {
		this.detours.answered(this.place, this.node, this.now);
		this.detours.failed(this.node, after(30));
		assertThat(way()).as("what it says is not forgotten at once").isEqualTo(this.node);
		this.detours.failed(this.node, after(1));
		assertThat(way()).isEqualTo(this.place);
	}

	@Test
	void failureElsewhereChangesNothing() {
		this.detours.answered(this.place, this.node, this.now);
		this.detours.failed(this.place, after(100));
		assertThat(way()).isEqualTo(this.node);
	}

	@Test
	void placeOfANodeThatHasAConnectionAlreadyRests() {
		this.detours.rejected(this.place, this.now);
		assertThat(way()).as("nobody has asked").isEqualTo(this.place);
		this.detours.asked(this.place);
		this.detours.rejected(this.place, this.now);
		assertThat(way()).isNull();
		after(6);
		assertThat(way()).isEqualTo(this.place);
	}

	@Test
	void placesOfANodeAreThoseWhereItHasAnswered() {
		assertThat(this.detours.placesOf(this.node)).isEmpty();
		this.detours.answered(this.place, this.node, this.now);
		assertThat(this.detours.placesOf(this.node)).containsExactly(this.place);
		assertThat(this.detours.placesOf(this.place)).isEmpty();
	}

	@Test
	void placeThatCannotBeConnectedWithIsNotWaitedFor() {
		this.detours.asked(this.place);
		this.detours.failed(this.place, this.now);
		assertThat(this.detours.isUnanswered(this.place)).isFalse();
	}

	private Object way() {
		return this.detours.wayTo(this.place, this.now);
	}

	private long after(int seconds) {
		this.now += TimeUnit.SECONDS.toNanos(seconds);
		return this.now;
	}

}
