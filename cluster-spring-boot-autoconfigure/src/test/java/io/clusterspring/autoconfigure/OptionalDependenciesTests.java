package io.clusterspring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.ClassUtils;

import io.clusterspring.ManagedCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that lack one of the optional dependencies.
 */
class OptionalDependenciesTests {

	/**
	 * The optional dependencies of this module, each with a package or class of it. The
	 * conditions of Spring Boot's own annotations stay: a class loader that hides them
	 * fails where a class path without them does not.
	 */
	private static final Map<String, String> PACKAGES = new TreeMap<>(Map.ofEntries(
			Map.entry("cluster-web", "io.clusterspring.channel"),
			Map.entry("spring-boot-actuator-autoconfigure",
					"org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"),
			Map.entry("spring-boot-health", "org.springframework.boot.health.contributor"),
			Map.entry("spring-boot-micrometer-metrics", "io.micrometer"),
			Map.entry("spring-boot-starter-websocket", "org.springframework.web.socket"),
			Map.entry("jetty-websocket-jetty-common", "org.eclipse.jetty"),
			Map.entry("spring-boot-starter-validation", "jakarta.validation"),
			Map.entry("spring-test", "org.springframework.test"),
			Map.entry("spring-security-core", "org.springframework.security"),
			Map.entry("spring-security-oauth2-resource-server", "org.springframework.security.oauth2"),
			Map.entry("spring-security-web", "org.springframework.security.web"),
			Map.entry("spring-session-core", "org.springframework.session"), Map.entry("jgroups", "org.jgroups"),
			Map.entry("jgroups-kubernetes", "org.jgroups.protocols.kubernetes")));

	/** Parts of optional dependencies, and parts that an application may leave out. */
	private static final List<String> PARTS = List.of("org.springframework.messaging", "org.apache.catalina",
			"org.apache.tomcat", "org.springframework.boot.tomcat", "tools.jackson", "javax.sql",
			"org.springframework.jdbc", "io.micrometer.observation", "io.micrometer.tracing",
			"org.springframework.scheduling.config");

	private static final Pattern OPTIONAL = Pattern
		.compile("<artifactId>([\\w-]+)</artifactId>\\s*<optional>true</optional>");

	@ParameterizedTest
	@MethodSource("packages")
	void nodeStartsWithoutIt(String absent) {
		new ApplicationContextRunner().withConfiguration(configurations())
			.withClassLoader(new FilteredClassLoader(absent))
			.withPropertyValues("cluster.transport=local", "cluster.name=" + absent)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ManagedCluster.class));
	}

	@ParameterizedTest
	@MethodSource("packages")
	void webApplicationStartsWithoutIt(String absent) {
		new WebApplicationContextRunner().withConfiguration(configurations())
			.withClassLoader(new FilteredClassLoader(absent))
			.withPropertyValues("cluster.transport=local", "cluster.name=web-" + absent)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ManagedCluster.class));
	}

	@Test
	void eachOptionalDependencyIsAmongThem() throws Exception {
		Matcher optional = OPTIONAL.matcher(Files.readString(Path.of("pom.xml")));
		assertThat(optional.results().map((match) -> match.group(1))).isNotEmpty()
			.containsExactlyInAnyOrderElementsOf(PACKAGES.keySet());
	}

	private static Stream<String> packages() {
		return Stream.concat(PACKAGES.values().stream(), PARTS.stream());
	}

	private static AutoConfigurations configurations() {
		ClassLoader loader = OptionalDependenciesTests.class.getClassLoader();
		return AutoConfigurations.of(ImportCandidates.load(AutoConfiguration.class, loader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.clusterspring."))
			.map((name) -> ClassUtils.resolveClassName(name, loader))
			.toArray(Class<?>[]::new));
	}

}
