package io.clusterspring.dashboard;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what an operator can do on the page.
 */
class ActionsIntegrationTests {

	private static final String ENTER = "\uE007";

	private static final String ESCAPE = "\uE00C";

	@Test
	void nothingCanBeDoneUnlessWritesAreAllowed() {
		try (DashboardPage page = DashboardPage.launch(); DashboardNode node = node("read-only")) {
			page.open(node.awaitReady(), "#/sockets");
			await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(1));
			page.go("#/topic?name=room:1");
			await().untilAsserted(() -> assertThat(page.heading()).isEqualTo("room:1"));
			assertThat(page.texts("main button")).doesNotContain("Disconnect", "Broadcast");
		}
	}

	@Test
	void whatIsDoneIsAskedForBefore() throws Exception {
		try (DashboardPage page = DashboardPage.launch(); DashboardNode node = node("unrestricted")) {
			page.open(node.awaitReady(), "#/sockets");
			await().untilAsserted(() -> assertThat(page.texts("td.actions button")).containsExactly("Disconnect"));
			page.browser().run("document.querySelector('td.actions button').focus()");
			page.browser().press(ENTER);
			assertThat(page.text("dialog")).contains("Disconnect the socket " + page.keys("sockets").get(0) + "?");
			assertThat(page.violations()).isEmpty();
			assertThat(page.focus()).isEqualTo("cancel");
			page.browser().press(ESCAPE);
			await().untilAsserted(() -> assertThat(page.count("dialog[open]")).isZero());
			assertThat(page.focus()).isEqualTo("button Disconnect");
			assertThat(page.keys("sockets")).hasSize(1);
			page.browser().run("document.querySelector('td.actions button').click()");
			page.browser().run("document.querySelector('[data-testid=confirm]').click()");
			await().untilAsserted(() -> assertThat(page.text("done")).isEqualTo("Disconnect: done."));
			await().untilAsserted(() -> assertThat(page.keys("sockets")).isEmpty());
		}
	}

	@Test
	void aNodeThatDrainsCanBeResumed() throws Exception {
		try (DashboardPage page = DashboardPage.launch(); DashboardNode node = node("unrestricted")) {
			page.open(node.awaitReady(), "#/node?name=n1@127.0.0.1");
			await().untilAsserted(() -> assertThat(page.texts(".page-actions button")).containsExactly("Drain"));
			await().untilAsserted(() -> assertThat(page.text("node-facts")).contains("this node"));
			page.browser().run("document.querySelector('.page-actions button').focus()");
			page.browser().press(ENTER);
			assertThat(page.text("dialog")).contains("until Resume, or a restart");
			page.browser().run("document.querySelector('[data-testid=confirm]').click()");
			await().untilAsserted(() -> assertThat(page.texts(".page-actions button")).containsExactly("Resume"));
			await().untilAsserted(() -> assertThat(page.text("node-facts")).contains("draining, this node"));
			assertThat(page.violations()).isEmpty();
			assertThat(page.text("done")).isEqualTo("Drain: done.");
			await().untilAsserted(() -> assertThat(page.focus()).isEqualTo("button Resume"));
			page.browser().press(ENTER);
			page.browser().run("document.querySelector('[data-testid=confirm]').click()");
			await().untilAsserted(() -> assertThat(page.texts(".page-actions button")).containsExactly("Drain"));
			await().untilAsserted(() -> assertThat(page.text("node-facts")).doesNotContain("draining"));
		}
	}

	private static DashboardNode node(String access) {
		return DashboardNode.start(29690, "cluster.name=dashboard-" + UUID.randomUUID(), "cluster.node=n1@127.0.0.1",
				"cluster.transport=local", "management.endpoint.cluster.access=" + access);
	}

}
