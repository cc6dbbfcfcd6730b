package io.clusterspring.channel.longpoll;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for sessions of long polling that end at a moment, with requests to both of two
 * nodes.
 */
class LongPollExpiryIntegrationTests {

	private static ConfigurableApplicationContext n1;

	private static ConfigurableApplicationContext n2;

	private static int port1;

	private static int port2;

	@BeforeAll
	static void start() {
		n1 = run("n1@127.0.0.1");
		n2 = run("n2@127.0.0.1");
		await().atMost(60, TimeUnit.SECONDS).until(() -> n1.getBean(Cluster.class).view().nodes().size() == 2);
		port1 = LongPollTestCases.port(n1);
		port2 = LongPollTestCases.port(n2);
	}

	private static ConfigurableApplicationContext run(String node) {
		return LongPollTestCases.run(TomcatLongPollIntegrationTests.Tomcat.class, "long-poll-expiry", 17_650, node,
				"cluster.channels.long-poll.poll-timeout=1s", "cluster.channels.long-poll.session-timeout=5m");
	}

	@AfterAll
	static void stop() {
		n2.close();
		n1.close();
	}

	@Test
	void sessionEndsAtItsMomentOnBothNodesAndSaysSoBefore() throws Exception {
		Poller poller = open(5);
		assertThat(poller.messages(1, port2, port1).get(0)).contains("\"expiring\"");
		int[] status = new int[1];
		await().atMost(30, TimeUnit.SECONDS).until(() -> {
			status[0] = poller.get(port2).get("status").asInt();
			return status[0] != 204;
		});
		assertThat(status[0]).as("it asks for another session, too late").isEqualTo(403);
	}

	@Test
	void sessionIsRefreshedThroughAnotherNode() throws Exception {
		Poller poller = open(5);
		assertThat(poller.messages(1, port2, port1).get(0)).contains("\"expiring\"");
		assertThat(poller.post(port2, "[null,\"1\",\"phoenix\",\"refresh\",{\"params\":{\"end\":\""
				+ Instant.now().plusSeconds(3600) + "\"}}]"))
			.isEqualTo(200);
		assertThat(poller.messages(1, port2, port1).get(0)).contains("\"status\":\"ok\"", "\"at\":");
		for (int i = 0; i < 6; i++) {
			assertThat(poller.get((i % 2 == 0) ? port1 : port2).get("status").asInt()).isEqualTo(204);
		}
	}

	private static Poller open(int seconds) throws Exception {
		Poller poller = new Poller("vsn=2.0.0&end=" + Instant.now().plusSeconds(seconds));
		assertThat(poller.get(port1).get("status").asInt()).isEqualTo(410);
		return poller;
	}

}
