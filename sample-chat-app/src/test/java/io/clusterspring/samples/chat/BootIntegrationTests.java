package io.clusterspring.samples.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BootIntegrationTests {

	private static final String N1 = ChatCluster.N1;

	private static final String N2 = ChatCluster.N2;

	private static final String PORT_OPENED = "Tomcat started on port";

	@AutoClose
	private final ChatCluster cluster = new ChatCluster("boot");

	@Test
	void nodesThatStartTogetherSeeEachOtherBeforeTheyServe() throws Exception {
		ChatNode n1 = this.cluster.startAsInReadme(N1);
		ChatNode n2 = this.cluster.startAsInReadme(N2);
		for (ChatNode node : List.of(n1, n2)) {
			node.awaitServing();
			assertThat(node.nodes()).containsExactlyInAnyOrder(N1, N2);
			assertThat(node.log()).containsSubsequence(node.name() + ":", " joined [", PORT_OPENED);
			assertThat(joined(node).group("nodes").split(", ")).containsExactlyInAnyOrder(N1, N2);
			assertThat(node.log()).doesNotContain("without optional nodes");
		}
		assertThat(n1.state()).get().extracting(ClusterState::coordinator).isEqualTo(coordinator(n2));
	}

	@Test
	void missingOptionalNodeIsWaitedForAndNamedAndDoneWithout() throws Exception {
		ChatNode n1 = this.cluster.start(N1, "--cluster.sync-nodes-timeout=3000").awaitServing();
		assertThat(n1.log()).containsSubsequence("waits for optional nodes [" + N2 + "]", "WARN",
				N1 + " starts without optional nodes [" + N2 + "], which were not seen within 3000 ms", PORT_OPENED);
		assertThat(Integer.parseInt(joined(n1).group("millis"))).isBetween(3000, 20_000);
		assertThat(n1.nodes()).containsExactly(N1);
	}

	@Test
	void missingMandatoryNodeEndsTheBootAndThePortNeverOpens() throws Exception {
		ChatNode n1 = this.cluster.start(N1, "--cluster.sync-nodes-mandatory=n9@127.0.0.1",
				"--cluster.sync-nodes-timeout=2000");
		assertThat(exitOfOneThatNeverServes(n1)).isEqualTo(1);
		assertThat(n1.log()).containsSubsequence("waits for mandatory nodes [n9@127.0.0.1]",
				"APPLICATION FAILED TO START", "Description:", "n9@127.0.0.1", "Action:", "check that", "cluster.name",
				"cluster.sync-nodes-mandatory");
		assertThat(n1.log()).doesNotContain("\tat ");
	}

	@Test
	void secondNodeOfANameEndsAndTheFirstDoesNotNotice() throws Exception {
		ChatNode first = this.cluster.start(N1, "--cluster.sync-nodes-timeout=1").awaitServing();
		ChatNode second = this.cluster.start(N1, "--cluster.sync-nodes-timeout=1");
		ChatNode.eventually().until(() -> {
			assertThat(first.nodes()).containsExactly(N1);
			assertThat(second.listens()).isFalse();
			return !second.isAlive();
		});
		assertThat(second.awaitExit()).isEqualTo(1);
		assertThat(second.log()).contains("APPLICATION FAILED TO START", "already has the name '" + N1 + "'",
				"cluster.node");
		assertThat(first.nodes()).containsExactly(N1);
		this.cluster.start(N2);
		this.cluster.awaitWhole();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "soon" })
	void timeoutThatIsNoneEndsTheBoot(String timeout) throws Exception {
		ChatNode n1 = this.cluster.start(N1, "--cluster.sync-nodes-timeout=" + timeout);
		assertThat(exitOfOneThatNeverServes(n1)).isEqualTo(1);
		assertThat(n1.log()).containsSubsequence("APPLICATION FAILED TO START", "cluster.sync-nodes-timeout",
				"'" + timeout + "' is not a timeout", "Action:");
	}

	@Test
	void timeoutOfZeroWaitsForNobody() throws Exception {
		ChatNode n1 = this.cluster.start(N1, "--cluster.sync-nodes-timeout=0").awaitServing();
		assertThat(n1.log()).doesNotContain("waits for", "starts without optional nodes");
	}

	@Test
	void infiniteTimeoutWaitsUntilTheOtherComes() throws Exception {
		ChatNode n1 = this.cluster.start(N1, "--cluster.sync-nodes-timeout=infinity");
		n1.awaitLog("waits for optional nodes [" + N2 + "], for ");
		assertThat(n1.listens()).isFalse();
		this.cluster.start(N2, "--cluster.sync-nodes-timeout=infinity");
		this.cluster.awaitWhole();
		assertThat(n1.log()).doesNotContain("without optional nodes");
	}

	@Test
	void nodeThatIsToldToStopLeavesAndIsNotTakenForDead() throws Exception {
		ChatNode n1 = this.cluster.start(N1, "--logging.level.org.jgroups.protocols.pbcast.GMS=trace");
		ChatNode n2 = this.cluster.start(N2);
		this.cluster.awaitWhole();
		n2.stop();
		assertThat(n2.awaitExit()).isEqualTo(143);
		ChatNode.eventually().untilAsserted(() -> assertThat(n1.nodes()).containsExactly(N1));
		assertThat(n1.log()).contains("handleMembershipChange([LEAVE(" + N2);
		assertThat(n2.log()).contains("Graceful shutdown complete").doesNotContain("ERROR");
	}

	private static int exitOfOneThatNeverServes(ChatNode node) throws InterruptedException {
		ChatNode.eventually().until(() -> {
			assertThat(node.listens()).as("port of %s", node.name()).isFalse();
			return !node.isAlive();
		});
		assertThat(node.log()).doesNotContain(PORT_OPENED);
		return node.awaitExit();
	}

	private static Matcher joined(ChatNode node) {
		Matcher matcher = Pattern.compile("joined \\[(?<nodes>[^]]*)] in (?<millis>\\d+) ms").matcher(node.log());
		assertThat(matcher.find()).as("joined line in%n%s", node.log()).isTrue();
		return matcher;
	}

	private static String coordinator(ChatNode node) {
		return node.state().orElseThrow().coordinator();
	}

}
