package io.clusterspring.samples.chat;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the whole protocol with third-party clients and two nodes.
 */
class WireIntegrationTests {

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
		return new SpringApplication(WireApplication.class).run("--server.port=0", "--cluster.node=" + node,
				"--cluster.name=wire", "--cluster.port=" + ports.cluster(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.config.location=optional:classpath:/nothing/",
				"--cluster.channels.long-poll.poll-timeout=2s");
	}

	@AfterAll
	static void stop() throws Exception {
		n2.close();
		n1.close();
		ports.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "binary", "longPoll", "alternatingLongPoll", "fallback", "authToken",
			"sessionThatIsGone" })
	void phoenixJs(String name) throws Exception {
		NodeScript.run(name, "http://127.0.0.1:" + port(n1), "http://127.0.0.1:" + port(n2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "supabaseVersion1", "supabaseVersion2" })
	void supabase(String name) throws Exception {
		NodeScript.run(name, "http://127.0.0.1:" + port(n1), "http://127.0.0.1:" + port(n2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "statuses", "patterns", "broadcasts", "leaveReasons", "timers", "otherTopics",
			"refusedByStatus" })
	void whatHandlersMayDo(String name) throws Exception {
		NodeScript.run(name, "http://127.0.0.1:" + port(n1), "http://127.0.0.1:" + port(n2));
	}

	@Test
	void absintheSocket() throws Exception {
		NodeScript.run("absintheSocket", "http://127.0.0.1:" + port(n1), "http://127.0.0.1:" + port(n2));
	}

	@Test
	void phxLiveState() throws Exception {
		NodeScript.run("liveState", "http://127.0.0.1:" + port(n1), "http://127.0.0.1:" + port(n2));
	}

	@Test
	void javaPhoenixClient() {
		try (JavaClient one = new JavaClient(port(n1)); JavaClient other = new JavaClient(port(n2))) {
			one.join("any:java");
			other.join("any:java");
			assertThat(one.ask("echo", Map.of("text", "späße, {\"a\": [1]} 🎈"))).containsEntry("text",
					"späße, {\"a\": [1]} 🎈");
			for (int i = 0; i < 100; i++) {
				assertThat(one.ask("shout", Map.of("n", i))).isEmpty();
			}
			ChatNode.eventually().untilAsserted(() -> assertThat(other.heard).hasSize(100));
			for (int i = 0; i < 100; i++) {
				assertThat(other.heard.get(i)).containsEntry("n", (double) i);
			}
			one.leave();
			other.ask("shout", Map.of("n", 100));
			ChatNode.eventually().untilAsserted(() -> assertThat(other.heard).hasSize(101));
			assertThat(one.heard).hasSize(100);
		}
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
	}

}
