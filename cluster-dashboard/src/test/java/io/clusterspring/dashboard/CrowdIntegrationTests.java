package io.clusterspring.dashboard;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the page with 20,000 sockets on the node that it asks.
 */
class CrowdIntegrationTests {

	private static final int CROWD = 20_000;

	@Test
	void thePageShowsAsMuchAsFitsOnIt() {
		try (DashboardNode node = DashboardNode.start(29680, "cluster.name=dashboard-" + UUID.randomUUID(),
				"cluster.node=n1@127.0.0.1", "cluster.transport=local",
				"cluster.channels.handshakes-per-second=1000000", "crowd=" + CROWD);
				DashboardPage page = DashboardPage.launch()) {
			page.open(node.awaitReady(), "");
			await().untilAsserted(() -> assertThat(page.text("summary")).contains("20,001 sockets"));
			await().untilAsserted(() -> assertThat(page.text("plot-sockets")).contains("20,001"));
			page.go("#/sockets");
			await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(50));
			String first = page.keys("sockets").get(0);
			for (int number = 2; number <= 4; number++) {
				String place = "Page " + number;
				page.browser().run("document.querySelector('.pager button:last-of-type').click()");
				await().untilAsserted(() -> assertThat(page.texts(".pager span")).containsExactly(place));
				await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(50));
				assertThat(page.keys("sockets").get(0)).isGreaterThan(first);
				first = page.keys("sockets").get(0);
			}
			assertThat(page.count("*")).isLessThan(3000);
			page.go("#/user?name=user-7");
			await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(CROWD / 500));
			page.go("#/sockets?topic=room:7");
			await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(50));
			assertThat(page.browser().errors()).isEmpty();
		}
	}

}
