package io.clusterspring.samples.chat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;

/**
 * Tests sockets whose tokens expire, with the {@code phoenix} package of npm, Spring
 * Security's resource server, and two nodes. The cases are in
 * {@code src/test/phoenix/expiry.mjs}.
 */
class TokenIntegrationTests {

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
		return new SpringApplication(TokenApplication.class).run("--server.port=0", "--cluster.node=" + node,
				"--cluster.name=tokens", "--cluster.port=" + ports.cluster(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.config.location=optional:classpath:/nothing/",
				"--cluster.channels.paths=/socket, /api/socket", "--cluster.channels.expiry-notice=10s",
				"--cluster.channels.long-poll.poll-timeout=2s");
	}

	@AfterAll
	static void stop() throws Exception {
		n2.close();
		n1.close();
		ports.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "expiresAndReconnects", "expiresAndIsRefused", "refreshes", "otherUserIsRefused",
			"longPollExpires", "longPollRefreshes", "headerExpires" })
	void phoenixJs(String name) throws Exception {
		NodeScript.run(name, "http://127.0.0.1:" + port(n1), "http://127.0.0.1:" + port(n2));
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
	}

}
