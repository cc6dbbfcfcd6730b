package io.clusterspring.failover.decision;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.decision.Pins.Pin;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pins}: all nodes must come to the same pin, whatever they hear first.
 */
class PinsTests {

	private static final Node N1 = Node.of("n1@local");

	private static final Node N2 = Node.of("n2@local");

	private static final List<Pin> PINS = List.of(Pin.NONE, new Pin(N2, 7), new Pin(N1, 7), new Pin(null, 7),
			new Pin(N1, 8), new Pin(N2, 8), new Pin(null, 8), new Pin(N1, 9));

	@Test
	void ofTwoPinsOneIsTheLaterOneOnAllNodes() {
		for (Pin one : PINS) {
			for (Pin other : PINS) {
				assertThat(one.isLaterThan(other)).as(one + " and " + other)
					.isEqualTo(!one.equals(other) && !other.isLaterThan(one));
			}
		}
	}

	@Test
	void theEndOfAPinCountsForNodesThatHaveNotSeenItsNodeLeave() {
		assertThat(new Pin(null, 7).isLaterThan(new Pin(N2, 7))).isTrue();
		assertThat(new Pin(N2, 8).isLaterThan(new Pin(null, 7))).isTrue();
	}

	@Test
	void aPinIsLaterThanTheOneBeforeItThoughTheClockWasSetBack() {
		Pins pins = new Pins();
		pins.pin(N1, new Moment(0, 0, 5000));
		Pin first = pins.pin();
		pins.pin(N2, new Moment(0, 0, 10));
		assertThat(pins.pin().isLaterThan(first)).isTrue();
		assertThat(pins.node()).isEqualTo(N2);
	}

}
