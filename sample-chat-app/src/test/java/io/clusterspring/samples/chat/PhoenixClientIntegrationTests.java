package io.clusterspring.samples.chat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the {@code phoenix} package of npm, on Node.js, with two nodes. The cases are in
 * {@code src/test/phoenix}.
 */
class PhoenixClientIntegrationTests {

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("phoenix");

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
	void thousandMessagesArriveInOrderOnceOnBothNodes() throws Exception {
		run("thousandFromOnePublisher");
	}

	@Test
	void messagesOfTwoPublishersOnTwoNodesKeepTheOrderOfEach() throws Exception {
		run("twoPublishersOnTwoNodes");
	}

	@Test
	void heartbeatsAreAnswered() throws Exception {
		run("heartbeat");
	}

	@Test
	void oneWhoLeavesHearsNoMore() throws Exception {
		run("leave");
	}

	@Test
	void topicThatIsJoinedAgainIsHeardOnce() throws Exception {
		run("rejoin");
	}

	@Test
	void unknownEventCrashesTheChannelAndTheClientRejoins() throws Exception {
		run("crash");
	}

	@Test
	void unmatchedTopicsAndBadPayloadsGetErrorReplies() throws Exception {
		run("refusals");
	}

	@Test
	void presenceListsTheSamePeopleOnBothNodes() throws Exception {
		run("presenceOnTwoNodes");
	}

	@Test
	void crowdShowsWhoCameFirst() throws Exception {
		run("presenceInACrowd");
	}

	@Test
	void presenceEndsUpWithTheTruthWhoeverComesAndGoesMeanwhile() throws Exception {
		run("presenceIsTheTruthForAll");
	}

	private static void run(String name) throws Exception {
		NodeScript.run(name, n1.url(), n2.url());
	}

}
