package io.clusterspring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for the alert rules and the dashboard: against the meters that a node has, the
 * pages, and {@code promtool}.
 */
class MonitoringTests {

	private static final Path ALERTS = Page.root().resolve("docs/monitoring/alerts.yaml");

	private static final Path DASHBOARD = Page.root().resolve("docs/monitoring/dashboard.json");

	private static final Pattern METRIC = Pattern.compile("\\bcluster_[a-z_]+\\b");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=|!=|=~|!~)\\s*\"");

	private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

	/** Labels that Prometheus or the page has, and no meter. */
	private static final Set<String> COMMON = Set.of("application", "instance");

	private static Map<String, Set<String>> labels;

	@BeforeAll
	static void scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		AllMeters.bindTo(registry);
		labels = registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.collect(Collectors.groupingBy((line) -> line.replaceAll("[{ ].*", ""),
					Collectors.flatMapping((line) -> labels(line).stream(), Collectors.toSet())));
	}

	@Test
	void alertsUseMetersThatExist() throws IOException {
		assertThat(alerts()).hasSizeGreaterThan(10)
			.allSatisfy((alert) -> assertThat(problems((String) alert.get("expr"))).isEmpty());
	}

	@Test
	void aMistakeInAnExpressionIsFound() {
		assertThat(problems("cluster_member > 1")).containsExactly("no meter cluster_member");
		assertThat(problems("sum by (sort) (cluster_messages_waiting{kind=\"topic\"})"))
			.containsExactly("no label sort in cluster_messages_waiting");
		assertThat(problems("cluster_members{kind=\"topic\"}")).containsExactly("no label kind in cluster_members");
	}

	@Test
	void eachAlertLeadsToASectionThatSaysWhatToDo() throws IOException {
		for (Map<String, Object> alert : alerts()) {
			String[] runbook = ((String) annotations(alert).get("runbook")).split("#");
			Page page = Page.of(runbook[0]);
			if (runbook.length > 1) {
				assertThat(page.anchors()).as(alert.toString()).contains(runbook[1]);
			}
			assertThat(annotations(alert)).containsKey("summary");
			assertThat(Page.of("docs/monitoring.md").text()).contains("`" + alert.get("alert") + "`");
		}
	}

	@Test
	void panelsUseMetersThatExist() throws IOException {
		List<String> expressions = new ArrayList<>();
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
		dashboard.get("panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> expressions.add(target.get("expr").asString())));
		assertThat(expressions).hasSizeGreaterThan(20)
			.allSatisfy((expression) -> assertThat(problems(expression)).isEmpty());
		assertThat(dashboard.get("panels").findValuesAsString("id")).doesNotHaveDuplicates();
	}

	@Test
	void prometheusTakesTheAlertsAndTheyFire() throws Exception {
		Path promtool = Path.of("/usr/bin/promtool");
		if (!"true".equals(System.getenv("CI"))) {
			assumeTrue(Files.isExecutable(promtool), "needs promtool, Debian's package prometheus");
		}
		Path cases = Path.of("src/test/resources/alerts-test.yaml").toAbsolutePath();
		Path directory = Files.createTempDirectory("alerts");
		Path copy = Files.copy(cases, directory.resolve("alerts-test.yaml"));
		Files.copy(ALERTS, directory.resolve("alerts.yaml"));
		Path output = directory.resolve("output");
		Process process = new ProcessBuilder(promtool.toString(), "test", "rules", copy.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
	}

	private static List<String> problems(String expression) {
		List<String> problems = new ArrayList<>();
		Set<String> used = new TreeSet<>();
		MATCHER.matcher(expression).results().forEach((match) -> used.add(match.group(1)));
		BY.matcher(expression).results().forEach((match) -> used.addAll(List.of(match.group(1).split(",\\s*"))));
		used.removeAll(COMMON);
		METRIC.matcher(expression).results().map((match) -> match.group()).distinct().forEach((metric) -> {
			Set<String> known = labels.get(metric);
			if (known == null) {
				problems.add("no meter " + metric);
				return;
			}
			used.stream()
				.filter((label) -> !known.contains(label))
				.forEach((label) -> problems.add("no label " + label + " in " + metric));
		});
		return problems;
	}

	private static Set<String> labels(String line) {
		return MATCHER.matcher(line).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> alerts() throws IOException {
		Map<String, List<Map<String, Object>>> file = new Yaml().load(Files.readString(ALERTS));
		return (List<Map<String, Object>>) file.get("groups").get(0).get("rules");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> annotations(Map<String, Object> alert) {
		return (Map<String, Object>) alert.get("annotations");
	}

}
