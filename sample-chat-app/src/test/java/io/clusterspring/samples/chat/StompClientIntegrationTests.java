package io.clusterspring.samples.chat;

import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the {@code @stomp/stompjs} package of npm, on Node.js, with two nodes. The cases
 * are in {@code src/test/stomp}.
 */
class StompClientIntegrationTests {

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("stomp");

	private static ChatNode n1;

	private static ChatNode n2;

	@BeforeEach
	void twoNodes() throws Exception {
		Tool.find("Node.js 20 or newer, with npm", "node");
		n1 = cluster.ensure(n1, ChatCluster.N1);
		n2 = cluster.ensure(n2, ChatCluster.N2);
		cluster.awaitWhole();
	}

	@Test
	void roomsReachFromNodeToNode() throws Exception {
		run("rooms");
	}

	@Test
	void messagesToTheBrokerReachPatternsOnTheOtherNode() throws Exception {
		run("straightToTheBroker");
	}

	@Test
	void whispersReachEverySessionOfAUserOnce() throws Exception {
		run("whispers");
	}

	@Test
	void heartbeatsAndReceiptsAreAnswered() throws Exception {
		run("heartbeats");
	}

	@Test
	void usersOfADeadNodeAreGoneSoon() throws Exception {
		run("usersOfADeadNode", Long.toString(n2.pid()));
	}

	private static void run(String name, String... more) throws Exception {
		NodeScript.runIn("stomp", name,
				Stream.concat(Stream.of(n1.url(), n2.url()), Stream.of(more)).toArray(String[]::new));
	}

}
