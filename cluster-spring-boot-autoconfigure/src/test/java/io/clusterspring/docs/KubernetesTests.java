package io.clusterspring.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the file with an application on Kubernetes: against the Kubernetes API, the
 * properties, and itself.
 */
class KubernetesTests {

	private final KubernetesFile file = new KubernetesFile();

	private final Map<String, Integer> ports = this.file.ports();

	@Test
	void eachObjectIsAsTheKubernetesApiDescribesIt() {
		assertThat(this.file.objects()).hasSizeGreaterThan(8)
			.allSatisfy((object) -> assertThat(KubernetesSchema.problems(object)).isEmpty());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "port: 80 | port: \"80\" | Service.spec.ports[0].port: 80 is no Integer",
					"targetPort: http | targetport: http | Service.spec.ports[0].targetport: unknown",
					"port: 80 | name: http | Service.spec.ports[0].port: missing",
					"apiVersion: v1 | apiVersion: apps/v1 | Service: no kind of apps/v1",
					"app: chat | app: 5 | Service.spec.selector.app: 5 is no String",
					"selector: {app: chat} | selector: [chat] | Service.spec.selector: [chat] is no java.util.Map" })
	void aMistakeInAnObjectIsFound(String right, String wrong, String problem) {
		String service = """
				apiVersion: v1
				kind: Service
				metadata: {name: chat}
				spec: {selector: {app: chat}, ports: [{targetPort: http, port: 80}]}
				""";
		assertThat(service).contains(right);
		assertThat(KubernetesSchema.problems(KubernetesFile.parse(service).get(0))).isEmpty();
		List<String> problems = KubernetesSchema.problems(KubernetesFile.parse(service.replace(right, wrong)).get(0));
		assertThat(problems).singleElement().asString().startsWith(problem);
	}

	@Test
	void theSecretOfTheCookieHasNoValueInTheFile() {
		Map<String, Object> secret = this.file.objects("Secret").get(0);
		assertThat(secret).doesNotContainKeys("data", "stringData");
		Object reference = KubernetesFile.list(this.file.container(), "env")
			.stream()
			.filter((variable) -> KubernetesFile.at(variable, "name").equals("CLUSTER_COOKIE"))
			.findFirst()
			.orElseThrow();
		assertThat((String) KubernetesFile.at(reference, "valueFrom", "secretKeyRef", "name"))
			.isEqualTo(KubernetesFile.at(secret, "metadata", "name"));
		assertThat(this.file.environment()).doesNotContainKey("CLUSTER_COOKIE");
	}

	@Test
	void theApplicationListensOnThePortsOfItsContainer() {
		Map<String, String> environment = this.file.environment();
		assertThat(this.ports).containsOnly(Map.entry("http", Integer.valueOf(environment.get("SERVER_PORT"))),
				Map.entry("management", Integer.valueOf(environment.get("MANAGEMENT_SERVER_PORT"))),
				Map.entry("cluster", Integer.valueOf(environment.get("CLUSTER_PORT"))));
		assertThat(this.ports.get("cluster")).hasToString(Metadata.properties().get("cluster.port").defaultValue());
	}

	@Test
	void portsThatAreNamedExist() {
		List<String> named = new ArrayList<>();
		this.file.objects("Service")
			.forEach((service) -> KubernetesFile.list(service, "spec", "ports")
				.forEach((port) -> named.add(KubernetesFile.at(port, "targetPort"))));
		for (Object rule : KubernetesFile.list(this.file.objects("NetworkPolicy").get(0), "spec", "ingress")) {
			KubernetesFile.list(rule, "ports").forEach((port) -> named.add(KubernetesFile.at(port, "port")));
		}
		for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
			named.add(KubernetesFile.at(this.file.container(), probe, "httpGet", "port"));
		}
		assertThat(named).hasSize(8).isSubsetOf(this.ports.keySet());
	}

	@Test
	void theIngressLeadsToAServiceThatIsThere() {
		Object backend = KubernetesFile.at(this.file.objects("Ingress").get(0), "spec", "rules", 0, "http", "paths", 0,
				"backend", "service");
		Map<String, Object> service = this.file.objects("Service")
			.stream()
			.filter((candidate) -> KubernetesFile.at(candidate, "metadata", "name")
				.equals(KubernetesFile.at(backend, "name")))
			.findFirst()
			.orElseThrow();
		List<Object> open = new ArrayList<>();
		KubernetesFile.list(service, "spec", "ports").forEach((port) -> open.add(KubernetesFile.at(port, "name")));
		Object wanted = KubernetesFile.at(backend, "port", "name");
		assertThat(open).contains(wanted);
	}

	@Test
	void allSelectorsPickThePodsOfTheDeployment() {
		Map<String, Object> deployment = this.file.objects("Deployment").get(0);
		Map<String, String> labels = KubernetesFile.at(deployment, "spec", "template", "metadata", "labels");
		List<Object> selectors = new ArrayList<>();
		this.file.objects("Service")
			.forEach((service) -> selectors.add(KubernetesFile.at(service, "spec", "selector")));
		selectors.add(KubernetesFile.at(deployment, "spec", "selector", "matchLabels"));
		selectors
			.add(KubernetesFile.at(this.file.objects("PodDisruptionBudget").get(0), "spec", "selector", "matchLabels"));
		selectors
			.add(KubernetesFile.at(this.file.objects("NetworkPolicy").get(0), "spec", "podSelector", "matchLabels"));
		KubernetesFile.list(this.file.pod(), "topologySpreadConstraints")
			.forEach((spread) -> selectors.add(KubernetesFile.at(spread, "labelSelector", "matchLabels")));
		assertThat(selectors).hasSize(7).containsOnly(labels);
		assertThat(this.file.environment().get("CLUSTER_DISCOVERY_KUBERNETES_LABELS")).isEqualTo(labels.entrySet()
			.stream()
			.map((label) -> label.getKey() + "=" + label.getValue())
			.collect(Collectors.joining(",")));
	}

	@Test
	void theAccountOfThePodsMayListPods() {
		Map<String, Object> binding = this.file.objects("RoleBinding").get(0);
		Map<String, Object> role = this.file.objects("Role").get(0);
		assertThat((String) KubernetesFile.at(binding, "roleRef", "name"))
			.isEqualTo(KubernetesFile.at(role, "metadata", "name"));
		assertThat((String) KubernetesFile.at(binding, "subjects", 0, "name"))
			.isEqualTo(KubernetesFile.at(this.file.pod(), "serviceAccountName"))
			.isEqualTo(KubernetesFile.at(this.file.objects("ServiceAccount").get(0), "metadata", "name"));
		assertThat(KubernetesFile.list(role, "rules")).singleElement()
			.isEqualTo(Map.of("apiGroups", List.of(""), "resources", List.of("pods"), "verbs", List.of("list")));
	}

	@Test
	void variablesStandForPropertiesThatExist() {
		Set<String> known = Metadata.all().keySet().stream().map(KubernetesTests::letters).collect(Collectors.toSet());
		Set<String> variables = new TreeSet<>(this.file.environment().keySet());
		assertThat(variables).hasSizeGreaterThan(6)
			.allSatisfy((variable) -> assertThat(known).contains(letters(variable)));
	}

	@Test
	void aPodThatEndsHasTimeForItsClients() {
		Duration drain = DurationStyle
			.detectAndParse(Metadata.properties().get("cluster.channels.drain.timeout").defaultValue());
		int sleep = KubernetesFile.at(this.file.container(), "lifecycle", "preStop", "sleep", "seconds");
		int grace = KubernetesFile.at(this.file.pod(), "terminationGracePeriodSeconds");
		// Spring Boot gives the last requests 30 s
		// (spring.lifecycle.timeout-per-shutdown-phase)
		assertThat(grace).isGreaterThan(sleep + Math.toIntExact(drain.toSeconds()) + 30);
	}

	private static String letters(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
	}

}
