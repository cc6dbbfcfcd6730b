package io.clusterspring.samples.chat;

import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that sockets end with the right to them: with the {@code phoenix} and
 * {@code @stomp/stompjs} packages of npm, Spring Security's form login, and two processes
 * that share Spring Session's sessions in a database.
 */
class LogoutIntegrationTests {

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("logout");

	private static Server database;

	private static ChatNode n1;

	private static ChatNode n2;

	@BeforeAll
	static void start() throws Exception {
		Tool.find("Node.js 20 or newer, with npm", "node");
		database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		n1 = start(ChatCluster.N1, "always");
		cluster.awaitWhole();
		n2 = start(ChatCluster.N2, "never");
		cluster.awaitWhole();
	}

	private static ChatNode start(String node, String schema) throws Exception {
		int port = cluster.ports().nextHttp();
		return cluster.adopt(node, port, ChatNode.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), LogoutApplication.class.getName(), "--server.port=" + port,
				"--cluster.node=" + node, "--cluster.name=" + cluster.name(),
				"--cluster.port=" + cluster.ports().cluster(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.config.location=optional:classpath:/nothing/",
				"--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + database.getPort()
						+ "/mem:sessions;DB_CLOSE_DELAY=-1",
				"--spring.session.jdbc.initialize-schema=" + schema, "--cluster.channels.paths=/socket,/public/socket");
	}

	@AfterAll
	static void stop() {
		database.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "logout", "logoutDuringAHandshake", "loginChangesTheId", "deletedSession",
			"expiredSession", "disconnectedUser" })
	void socketsEndWithTheRightToThem(String name) throws Exception {
		NodeScript.run(name, n1.url(), n2.url());
	}

	@Test
	void logoutWhileANodeIsFrozen() throws Exception {
		NodeScript.run("logoutWhileANodeIsFrozen", n1.url(), n2.url(), Long.toString(n2.pid()));
		cluster.awaitWhole();
	}

}
