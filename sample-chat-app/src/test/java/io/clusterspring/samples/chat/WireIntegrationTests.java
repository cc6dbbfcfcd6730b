package io.clusterspring.samples.chat;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;

/**
 * Tests the whole protocol with third-party clients and two nodes.
 */
class WireIntegrationTests {

	private static final PortBlock ports = PortBlock.reserve();

	private static ConfigurableApplicationContext n1;

	private static ConfigurableApplicationContext n2;

	@BeforeAll
	static void start() {
		n1 = run("wire", ports, ChatCluster.N1);
		n2 = run("wire", ports, ChatCluster.N2);
		ChatNode.eventually().until(() -> n1.getBean(Cluster.class).view().nodes().size() == 2);
	}

	static ConfigurableApplicationContext run(String cluster, PortBlock ports, String node, String... more) {
		Stream<String> arguments = Stream.of("--server.port=0", "--cluster.node=" + node, "--cluster.name=" + cluster,
				"--cluster.port=" + ports.cluster(), "--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.config.location=optional:classpath:/nothing/",
				"--cluster.channels.long-poll.poll-timeout=2s");
		return new SpringApplication(WireApplication.class)
			.run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
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
		JavaClient.talk(port(n1), port(n2));
	}

	static int port(ConfigurableApplicationContext context) {
		return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
	}

}
