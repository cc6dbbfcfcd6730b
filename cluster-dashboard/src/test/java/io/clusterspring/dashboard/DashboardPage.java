package io.clusterspring.dashboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard in a browser.
 *
 * @param browser the browser
 */
record DashboardPage(Browser browser) implements AutoCloseable {

	static DashboardPage launch() {
		return new DashboardPage(Browser.launch());
	}

	static ConditionFactory eventually() {
		return Awaitility.await();
	}

	/**
	 * Open the dashboard of a node at a page of its own, such as {@code #/topics}.
	 */
	DashboardPage open(DashboardNode node, String place) {
		this.browser.open("about:blank");
		this.browser.open(node.page() + place);
		eventually().untilAsserted(() -> assertThat(state()).isEqualTo("Live"));
		return this;
	}

	/**
	 * Go to another page of the dashboard, without loading it anew.
	 */
	void go(String place) {
		this.browser.run("location.hash = arguments[0]", place);
	}

	String state() {
		return text("state");
	}

	String heading() {
		return text("heading");
	}

	String alerts() {
		return text("alerts");
	}

	String text(String testId) {
		return this.browser
			.run("const found = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);"
					+ "return found && found.innerText", testId)
			.asString("");
	}

	/**
	 * Return the texts of the first cells of a list.
	 */
	List<String> keys(String panel) {
		return strings("[...document.querySelectorAll(`[data-testid=\"panel-${arguments[0]}\"] tbody tr`)]"
				+ ".map((row) => row.firstElementChild.innerText)", panel);
	}

	/**
	 * Return the texts of what is found by a selector.
	 */
	List<String> texts(String selector) {
		return strings("[...document.querySelectorAll(arguments[0])].map((each) => each.textContent)", selector);
	}

	int count(String selector) {
		return this.browser.run("return document.querySelectorAll(arguments[0]).length", selector).asInt();
	}

	private List<String> strings(String expression, Object... arguments) {
		List<String> strings = new ArrayList<>();
		for (JsonNode each : this.browser.run("return " + expression, arguments)) {
			strings.add(each.asString());
		}
		return strings;
	}

	String focus() {
		return this.browser
			.run("const has = document.activeElement;"
					+ "return has.id || has.dataset.testid || has.localName + ' ' + has.innerText")
			.asString();
	}

	boolean isWiderThanTheScreen() {
		return this.browser.run("return document.documentElement.scrollWidth > innerWidth").asBoolean();
	}

	/**
	 * Return what is wrong by the rules of axe.
	 */
	List<String> violations() throws Exception {
		Path axe = Tool.file("run npm ci in cluster-dashboard", "node_modules/axe-core/axe.min.js");
		this.browser.run(Files.readString(axe));
		List<String> violations = new ArrayList<>();
		this.browser
			.await("const done = arguments[0]; axe.run().then((result) => done(result.violations.map((rule) =>"
					+ " rule.id + ': ' + rule.nodes.map((node) => node.target + ' ' + node.failureSummary))))")
			.forEach((each) -> violations.add(each.asString()));
		return violations;
	}

	@Override
	public void close() {
		this.browser.close();
	}

}
