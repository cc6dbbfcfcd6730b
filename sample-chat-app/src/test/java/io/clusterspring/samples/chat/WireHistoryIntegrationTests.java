package io.clusterspring.samples.chat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;

/**
 * Tests third-party clients on topics with a history: they know nothing of it, or they
 * are given their position by an application.
 */
class WireHistoryIntegrationTests {

	// the tests publish bursts of 250
	private static final String[] HISTORY = { "--cluster.history.all.topics=*", "--cluster.history.all.size=2000" };

	private static final PortBlock ports = PortBlock.reserve();

	private static ConfigurableApplicationContext n1;

	private static ConfigurableApplicationContext n2;

	@BeforeAll
	static void start() {
		n1 = WireIntegrationTests.run("wire-history", ports, ChatCluster.N1, HISTORY);
		n2 = WireIntegrationTests.run("wire-history", ports, ChatCluster.N2, HISTORY);
		ChatNode.eventually().until(() -> n1.getBean(Cluster.class).view().nodes().size() == 2);
	}

	@AfterAll
	static void stop() throws Exception {
		n2.close();
		n1.close();
		ports.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "binary", "longPoll", "fallback", "absintheSocket", "liveState",
			"supabaseVersion1", "supabaseVersion2", "supabaseCatchesUp" })
	void clientsOfPhoenix(String name) throws Exception {
		NodeScript.run(name, url(n1), url(n2));
	}

	@Test
	void javaPhoenixClient() {
		JavaClient.talk(WireIntegrationTests.port(n1), WireIntegrationTests.port(n2));
	}

	@Test
	void javaPhoenixClientCatchesUp() {
		JavaClient.catchUp(WireIntegrationTests.port(n1), WireIntegrationTests.port(n2));
	}

	private static String url(ConfigurableApplicationContext context) {
		return "http://127.0.0.1:" + WireIntegrationTests.port(context);
	}

}
