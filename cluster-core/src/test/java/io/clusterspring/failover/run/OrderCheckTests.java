package io.clusterspring.failover.run;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.Placement;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link OrderCheck}.
 */
class OrderCheckTests {

	private static final Node N1 = Node.of("n1@local");

	private static final Node N2 = Node.of("n2@local");

	@Test
	void hangingApplicationCannotBeMovedOrForbidden() {
		OrderCheck orders = orders("hanging", host(N1, true, "hanging", null), host(N2, true, "ready", null));
		assertThatIllegalStateException().isThrownBy(() -> orders.checkMove(N2))
			.withMessageContaining("cannot be moved: its start on n1@local was interrupted and does not return");
		assertThatIllegalStateException().isThrownBy(() -> orders.checkPermit(N1, false))
			.withMessageContaining("cannot be stopped");
		assertThatCode(() -> orders.checkPermit(N1, true)).doesNotThrowAnyException();
		assertThatCode(() -> orders.checkPermit(N2, false)).doesNotThrowAnyException();
	}

	@Test
	void itCannotMoveToANodeThatCannotRunIt() {
		OrderCheck orders = orders("running", host(N1, true, "ready", null), host(N2, true, "off", null));
		assertThatIllegalArgumentException().isThrownBy(() -> orders.checkMove(N2))
			.withMessageContaining("n2@local cannot run 'app'");
		assertThatIllegalArgumentException().isThrownBy(
				() -> orders("running", host(N1, true, "ready", null), host(N2, true, "off", "another")).checkMove(N2))
			.withMessageContaining("its placement differs: another");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> orders("running", host(N2, true, "hanging", null)).checkMove(N2))
			.withMessageContaining("A call of 'app' on node n2@local does not return");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> orders("running", host(N2, false, "off", null)).checkMove(N2))
			.withMessageContaining("forbidden");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> orders("running", host(N1, true, "ready", null)).checkMove(N2))
			.withMessageContaining("is not in the cluster, or does not know");
	}

	@Test
	void itMayMoveToANodeThatHasFailed() {
		for (String readiness : List.of("ready", "failed", "paused")) {
			OrderCheck orders = orders("running", host(N1, true, "ready", null), host(N2, true, readiness, null));
			assertThatCode(() -> orders.checkMove(N2)).doesNotThrowAnyException();
		}
	}

	private static OrderCheck orders(String state, ApplicationStatus.Host... hosts) {
		return new OrderCheck(new ApplicationStatus("app", Placement.ANYWHERE,
				List.of(new ApplicationStatus.Running(N1, state, Instant.EPOCH, 1)), List.of(hosts), false, List.of()));
	}

	private static ApplicationStatus.Host host(Node node, boolean permitted, String readiness, String placement) {
		return new ApplicationStatus.Host(node, permitted, readiness.equals("ready"), readiness, null, placement);
	}

}
