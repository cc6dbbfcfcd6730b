package io.clusterspring.samples.chat;

import java.security.SecureRandom;
import java.util.Base64;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests sockets and STOMP sessions whose tokens expire, with the {@code phoenix} and
 * {@code @stomp/stompjs} packages of npm, Spring Security's resource server, and two
 * processes. The cases are in {@code src/test/phoenix/expiry.mjs} and
 * {@code src/test/stomp/expiry.mjs}. They wait for tokens most of the time, so several
 * run at once.
 */
@Execution(ExecutionMode.CONCURRENT)
class TokenIntegrationTests {

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("tokens");

	private static ChatNode n1;

	private static ChatNode n2;

	@BeforeAll
	static void start() throws Exception {
		Tool.find("Node.js 20 or newer, with npm", "node");
		byte[] secret = new byte[32];
		new SecureRandom().nextBytes(secret);
		String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
		n1 = start(ChatCluster.N1, text);
		n2 = start(ChatCluster.N2, text);
		cluster.awaitWhole();
	}

	private static ChatNode start(String node, String secret) throws Exception {
		int port = cluster.ports().nextHttp();
		return cluster.adopt(node, port, ChatNode.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), TokenApplication.class.getName(), "--server.port=" + port,
				"--cluster.node=" + node, "--cluster.name=" + cluster.name(),
				"--cluster.port=" + cluster.ports().cluster(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.config.location=optional:classpath:/nothing/", "--token.secret=" + secret,
				"--cluster.channels.paths=/socket, /api/socket", "--cluster.channels.expiry-notice=10s",
				"--cluster.channels.long-poll.poll-timeout=2s");
	}

	@ParameterizedTest
	@ValueSource(strings = { "expiresAndReconnects", "expiresAndIsRefused", "refreshes", "otherUserIsRefused",
			"longPollExpires", "longPollRefreshes", "headerExpires" })
	void phoenixJs(String name) throws Exception {
		NodeScript.run(name, n1.url(), n2.url());
	}

	@ParameterizedTest
	@ValueSource(strings = { "stompExpiresAndReconnects", "stompIsRefusedUntilItHasAToken", "stompHandshakeExpires" })
	void stompJs(String name) throws Exception {
		NodeScript.run(name, n1.url(), n2.url());
	}

}
