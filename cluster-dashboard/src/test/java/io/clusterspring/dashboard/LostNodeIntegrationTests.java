package io.clusterspring.dashboard;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what the page shows while nodes are killed.
 */
class LostNodeIntegrationTests {

	private static final String N1 = "n1@127.0.0.1";

	private static final String N2 = "n2@127.0.0.1";

	private final String cluster = "dashboard-" + UUID.randomUUID();

	@Test
	void aNodeThatIsKilledIsShownAsGoneAndOneThatDoesNotAnswerKeepsItsLastPicture() throws Exception {
		try (DashboardPage page = DashboardPage.launch();
				DashboardNode n1 = node(N1, 29650).awaitReady();
				DashboardNode n2 = node(N2, 29651).awaitReady()) {
			page.open(n1, "");
			await().untilAsserted(() -> assertThat(page.keys("nodes")).containsExactly(N1, N2));
			n2.kill();
			await().untilAsserted(() -> assertThat(page.alerts()).contains(N1 + " sees 1 of 2 nodes",
					N2 + " is gone since", "on another side of a partition"));
			await()
				.untilAsserted(() -> assertThat(page.count("[data-testid=picture] a[data-state=gone]")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(page.text("panel-views")).contains("− " + N2 + ": suspected"));
			await().untilAsserted(() -> assertThat(page.alerts()).contains("(suspected"));
			assertThat(page.violations()).isEmpty();
			try (DashboardNode again = node(N2, 29651).awaitReady()) {
				assertThat(again.isAlive()).isTrue();
				await().untilAsserted(() -> assertThat(page.alerts()).isEmpty());
				await().untilAsserted(
						() -> assertThat(page.count("[data-testid=picture] a[data-state=here]")).isEqualTo(2));
				n1.kill();
				await().untilAsserted(() -> assertThat(page.state()).startsWith("No answer since "));
				assertThat(page.alerts()).contains(N1 + " does not answer: No connection", " old, of ");
				assertThat(page.keys("nodes")).containsExactly(N1, N2);
				assertThat(page.violations()).isEmpty();
				try (DashboardNode back = node(N1, 29650).awaitReady()) {
					assertThat(back.isAlive()).isTrue();
					await().untilAsserted(() -> assertThat(page.state()).isEqualTo("Live"));
					await().untilAsserted(() -> assertThat(page.alerts()).isEmpty());
				}
			}
		}
	}

	private DashboardNode node(String name, int port) {
		return DashboardNode.start(port, "cluster.name=" + this.cluster, "cluster.node=" + name, "cluster.port=29630",
				"cluster.sync-nodes-optional=" + N1 + "," + N2, "cluster.sync-nodes-timeout=1s");
	}

}
