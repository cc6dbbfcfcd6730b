package io.clusterspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the process of an application without a web server.
 */
class KeepAliveTests {

	@Test
	void nodeKeepsItsProcessAliveUntilItStops() {
		long before = keepAliveThreads();
		try (ConfigurableApplicationContext context = run()) {
			assertThat(keepAliveThreads()).isEqualTo(before + 1);
			assertThat(context.isActive()).isTrue();
		}
		await().untilAsserted(() -> assertThat(keepAliveThreads()).isEqualTo(before));
	}

	@Test
	void applicationMayDecideOtherwise() {
		long before = keepAliveThreads();
		try (ConfigurableApplicationContext context = run("--spring.main.keep-alive=false")) {
			assertThat(context.isActive()).isTrue();
			assertThat(keepAliveThreads()).isEqualTo(before);
		}
	}

	@Test
	void applicationWithoutAClusterIsLeftAlone() {
		long before = keepAliveThreads();
		try (ConfigurableApplicationContext context = run("--cluster.enabled=false")) {
			assertThat(context.isActive()).isTrue();
			assertThat(keepAliveThreads()).isEqualTo(before);
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.properties("cluster.transport=local", "cluster.name=keep-alive")
			.run(arguments);
	}

	private static long keepAliveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("keep-alive") && !thread.isDaemon())
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
