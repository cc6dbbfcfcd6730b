package io.clusterspring.samples.chat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.Cluster;

/**
 * Tests the {@code @stomp/stompjs} package of npm on destinations with history, with two
 * nodes. The cases are in {@code src/test/stomp/history.mjs}.
 */
class StompjsHistoryIntegrationTests {

	private static final PortBlock ports = PortBlock.reserve();

	private static ConfigurableApplicationContext n1;

	private static ConfigurableApplicationContext n2;

	@BeforeAll
	static void start() {
		n1 = run(ChatCluster.N1);
		n2 = run(ChatCluster.N2);
		ChatNode.eventually().until(() -> n1.getBean(Cluster.class).view().nodes().size() == 2);
	}

	private static ConfigurableApplicationContext run(String node) {
		return new SpringApplication(Stomp.class).run("--server.port=0", "--cluster.node=" + node,
				"--cluster.name=stomp-history", "--cluster.port=" + ports.cluster(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.config.location=optional:classpath:/nothing/", "--cluster.stomp.receipts.enabled=true",
				"--cluster.history.kept.destinations=/topic/kept.*", "--cluster.history.kept.size=2000",
				"--cluster.history.short.destinations=/topic/short.*", "--cluster.history.short.size=5");
	}

	@AfterAll
	static void stop() throws Exception {
		n2.close();
		n1.close();
		ports.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "catchesUp", "comesTooLate", "othersSeeNoNewHeader" })
	void pagesOfStompjs(String name) throws Exception {
		NodeScript.runIn("stomp", name, "http://127.0.0.1:" + WireIntegrationTests.port(n1),
				"http://127.0.0.1:" + WireIntegrationTests.port(n2));
	}

	/** The STOMP part of the sample. */
	@Configuration(proxyBeanMethods = false)
	// Spring Security is on the class path for the tests of tokens
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
					"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
					"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
	@Import(StompChatConfiguration.class)
	static class Stomp {

	}

}
