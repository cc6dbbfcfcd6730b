package io.clusterspring.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the page in Chromium, with two nodes.
 */
class PageIntegrationTests {

	private static final String N1 = "n1@127.0.0.1";

	private static final String N2 = "n2@127.0.0.1";

	private static final String TAB = "\uE004";

	private static final String ENTER = "\uE007";

	private static final String CLUSTER = "dashboard-" + UUID.randomUUID();

	private static DashboardPage page;

	private static DashboardNode n1;

	private static DashboardNode n2;

	@BeforeAll
	static void twoNodesAndABrowser() {
		page = DashboardPage.launch();
		n1 = node(N1, 29640);
		n2 = node(N2, 29641);
		n1.awaitReady();
		n2.awaitReady();
	}

	private static DashboardNode node(String name, int port) {
		return DashboardNode.start(port, "cluster.name=" + CLUSTER, "cluster.node=" + name, "cluster.port=29620",
				"cluster.sync-nodes-optional=" + N1 + "," + N2, "cluster.sync-nodes-timeout=30s",
				"cluster.history.rooms.topics=room:*");
	}

	@AfterAll
	static void end() {
		for (AutoCloseable each : new AutoCloseable[] { page, n1, n2 }) {
			try {
				if (each != null) {
					each.close();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Test
	void nodesAndTheirLinksAreShownAsAPictureAndAsATable() {
		page.open(n1, "");
		await().untilAsserted(() -> assertThat(page.keys("nodes")).containsExactly(N1, N2));
		assertThat(page.text("seen-by")).isEqualTo("as " + N1 + " sees it");
		await().untilAsserted(() -> assertThat(page.texts("[data-testid=picture] .trip")).singleElement()
			.asString()
			.matches("[\\d.]+ (µs|ms)"));
		assertThat(page.texts("[data-testid=picture] a .name")).containsExactly("n1", "n2");
		assertThat(page.browser().errors()).isEmpty();
	}

	@Test
	void ratesAreShownAsPlots() {
		page.open(n1, "");
		await().untilAsserted(
				() -> assertThat(page.text("plot-heapUsed")).matches("(?s)Heap.*to [\\d.]+ .B.*used.*[\\d.]+ .B.*"));
		assertThat(page.text("plot-sockets")).contains("1");
		assertThat(page.count("[data-testid=plot-heapUsed] path.stroke[d^=M]")).isEqualTo(1);
	}

	@Test
	void ratesOfAnotherNodeComeThroughTheOneThatIsAsked() {
		page.open(n1, "");
		await().untilAsserted(() -> assertThat(page.texts("[data-testid=plots-node] option"))
			.containsExactly(N1 + " (this node)", N2));
		page.browser()
			.run("const choice = document.querySelector('[data-testid=plots-node]'); choice.value = arguments[0];"
					+ "choice.dispatchEvent(new Event('change'))", N2);
		await().until(() -> asked("cluster/samples?node=n2") > 1);
		await()
			.untilAsserted(() -> assertThat(page.count("[data-testid=plot-heapUsed] path.stroke[d^=M]")).isEqualTo(1));
		page.go("#/node?name=" + N2);
		await()
			.untilAsserted(() -> assertThat(page.count("[data-testid=plot-heapUsed] path.stroke[d^=M]")).isEqualTo(1));
		assertThat(page.text("node-facts")).contains("Views seen since it started", "Round trips");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#/topics", "#/sockets", "#/search?q=room%3A%3C", "#/user?name=%3Cb%3Emallory%3C%2Fb%3E" })
	void aNameOfAClientIsTextAndNeverMarkup(String place) {
		page.open(n1, place);
		await().untilAsserted(
				() -> assertThat(page.texts("tbody a")).anyMatch((text) -> text.contains(DashboardApp.HOSTILE)));
		assertThat(page.count("main img, main b")).isZero();
		assertThat(page.browser().run("return document.title").asString()).doesNotContain("run");
		assertThat(page.browser().errors()).isEmpty();
	}

	@Test
	void aPageOfAHostileTopicShowsItsNameAndItsSockets() {
		page.open(n2, "#/topics");
		await().untilAsserted(() -> assertThat(page.keys("topics")).contains("room:" + DashboardApp.HOSTILE));
		page.browser()
			.run("[...document.querySelectorAll('tbody a')].find((link) => link.textContent.includes('<img')).click()");
		await().untilAsserted(() -> assertThat(page.heading()).isEqualTo("room:" + DashboardApp.HOSTILE));
		await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(2));
		assertThat(page.keys("topics")).containsExactly("room:" + DashboardApp.HOSTILE);
		assertThat(page.count("main img")).isZero();
	}

	@Test
	void eachSectionShowsWhatAllNodesHave() {
		String session = "dashboard-test";
		try (StompSession open = StompSession.open(n2.port(), "/topic/" + session)) {
			assertThat(open.isConnected()).isTrue();
			page.open(n1, "#/stomp?destination=/topic/" + session);
			await().untilAsserted(() -> assertThat(page.text("panel-stomp")).contains("/topic/" + session, N2));
			page.go("#/presence");
			await().untilAsserted(() -> assertThat(page.keys("presence")).contains("room:" + DashboardApp.HOSTILE));
			page.go("#/distributed");
			await().untilAsserted(() -> assertThat(page.text("panel-distributed")).contains("invoices", "running"));
			page.go("#/history");
			await().untilAsserted(() -> assertThat(page.text("panel-history")).isNotEmpty());
			assertThat(page.count("main img, main b")).isZero();
		}
	}

	@Test
	void theKeyboardIsEnough() {
		page.open(n1, "");
		page.browser().press("/");
		assertThat(page.focus()).isEqualTo("search");
		page.browser().press("<b>mallory</b>" + ENTER);
		await().untilAsserted(() -> assertThat(page.heading()).isEqualTo("Search: <b>mallory</b>"));
		assertThat(page.focus()).isEqualTo("heading");
		await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(2));
		String id = page.keys("sockets").get(0);
		await().until(() -> {
			page.browser().press(TAB);
			return page.focus().startsWith("a ") && page.focus().contains(id);
		});
		page.browser().press(ENTER);
		await().untilAsserted(() -> assertThat(page.heading()).isEqualTo(id));
		page.browser().press("gt");
		await().untilAsserted(() -> assertThat(page.heading()).isEqualTo("Topics"));
		page.browser().press("?");
		assertThat(page.text("keys")).contains("Use single keys");
		page.browser().press(ENTER);
	}

	@Test
	void theFocusStaysWhereItIsWhileTheListIsAskedForAgain() {
		page.open(n1, "#/sockets");
		await().untilAsserted(() -> assertThat(page.keys("sockets")).hasSize(2));
		page.browser().run("document.querySelector('tbody a').focus()");
		String focused = page.focus();
		int asked = asked("cluster/sockets");
		await().until(() -> asked("cluster/sockets") > asked + 1);
		assertThat(page.focus()).isEqualTo(focused);
	}

	@ParameterizedTest
	@CsvSource({ "1280, light", "1280, dark", "360, light", "360, dark" })
	void everyPageIsAccessibleAndFitsTheScreen(int width, String scheme) throws Exception {
		page.browser().showOn(width, 780);
		page.browser().prefer(scheme);
		try {
			page.open(n1, "");
			for (String place : List.of("#/", "#/topics", "#/sockets", "#/stomp", "#/presence", "#/distributed",
					"#/history", "#/views", "#/node?name=" + N2, "#/search?q=room", "#/topic?name=room:1",
					"#/user?name=alice")) {
				page.go(place);
				await().untilAsserted(() -> assertThat(page.text("content")).doesNotContain("Waiting for an answer"));
				assertThat(page.violations()).as(place).isEmpty();
				assertThat(page.isWiderThanTheScreen()).as(place).isFalse();
			}
		}
		finally {
			page.browser().showOn(1280, 900);
			page.browser().prefer("light");
		}
	}

	@Test
	void aHiddenPageAsksNothing() {
		page.open(n1, "#/sockets");
		await().until(() -> asked("cluster/sockets") > 0);
		page.browser().hide(true);
		int asked = asked("actuator");
		await().during(Duration.ofSeconds(7)).until(() -> asked("actuator") <= asked + 3);
		page.browser().hide(false);
		await().until(() -> asked("cluster/sockets") > 1);
	}

	@Test
	void oneQuestionOfAKindIsUnderWayAtATime() {
		page.open(n1, "#/sockets");
		page.browser().run("""
				const asked = window.fetch;
				window.most = 0;
				const under = new Map();
				window.fetch = async (url, options) => {
				  const kind = url.split('?')[0];
				  under.set(kind, (under.get(kind) ?? 0) + 1);
				  window.most = Math.max(window.most, under.get(kind));
				  window.slow = (window.slow ?? 0) + 1;
				  try {
				    await new Promise((resolve) => { setTimeout(resolve, 4000); });
				    return await asked(url, options);
				  } finally {
				    under.set(kind, under.get(kind) - 1);
				  }
				};
				""");
		page.go("#/search?q=room");
		await().until(() -> page.browser().run("return window.slow > 6").asBoolean());
		assertThat(page.browser().run("return window.most").asInt()).isEqualTo(1);
	}

	private static int asked(String part) {
		return page.browser()
			.run("return performance.getEntriesByType('resource').filter((each) => each.name.includes(arguments[0]))"
					+ ".length", part)
			.asInt();
	}

}
