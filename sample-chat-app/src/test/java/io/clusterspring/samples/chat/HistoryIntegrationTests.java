package io.clusterspring.samples.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that clients of topics with history miss nothing: official clients with
 * {@code catch-up}, while all nodes publish. The cases are in
 * {@code src/test/phoenix/history.mjs}.
 */
class HistoryIntegrationTests {

	private static final Log logger = LogFactory.getLog(HistoryIntegrationTests.class);

	private static final Pattern PUBLISHED = Pattern.compile("Published (\\S+ \\d+)");

	private static final String CLIENTS = System.getProperty("history.clients", "50");

	private static final String[] HISTORY = { "--cluster.history.load.topics=load:numbers",
			"--cluster.history.load.size=100000", "--cluster.history.load.ttl=5m", "--cluster.history.load.bytes=64MB",
			"--cluster.history.few.topics=load:few", "--cluster.history.few.size=10" };

	@AutoClose
	private final ChatCluster cluster = new ChatCluster("history");

	private String listed = "";

	@Test
	void clientsThatMoveBetweenNodesReceiveEachMessageOnce() throws Exception {
		List<ChatNode> nodes = start(2);
		try (RunningScript clients = RunningScript.start("historyMoves", urls(nodes))) {
			logger.info(clients.awaitEnd());
		}
		try (RunningScript clients = RunningScript.start("historyMovesOfPolls", urls(nodes))) {
			logger.info(clients.awaitEnd());
		}
	}

	@Test
	void clientsOfANodeThatIsKilledReceiveWhatTheOthersHave() throws Exception {
		List<ChatNode> nodes = start(3);
		try (RunningScript clients = RunningScript.start("historyKill", urls(nodes))) {
			clients.await("ready");
			nodes.get(0).kill();
			clients.tell("killed");
			logger.info(clients.awaitEnd());
		}
	}

	@Test
	void noClientMissesAMessageWhenAllNodesAreRestarted() throws Exception {
		List<ChatNode> nodes = start(3);
		List<String> arguments = new ArrayList<>(List.of(CLIENTS));
		arguments.addAll(List.of(urls(nodes)));
		try (RunningScript clients = RunningScript.start("historyRolling", arguments.toArray(String[]::new))) {
			clients.await("ready");
			for (ChatNode node : nodes) {
				stop(node);
				Matcher published = PUBLISHED.matcher(node.log());
				assertThat(published.find()).as(node.log()).isTrue();
				clients.tell("ended " + published.group(1));
				start(node.name(), node.httpPort(), HISTORY);
				this.cluster.awaitWhole();
				clients.tell("started " + node.url());
			}
			clients.tell("done");
			logger.info(clients.awaitEnd());
		}
	}

	@Test
	void clientsAreToldOfEachWayToLose() throws Exception {
		ChatNode node = start(1).get(0);
		try (RunningScript clients = RunningScript.start("historyLost", node.url())) {
			clients.await("restart");
			stop(node);
			ChatNode again = start(node.name(), node.httpPort(), HISTORY);
			clients.await("switch off");
			stop(again);
			start(node.name(), node.httpPort());
			clients.awaitEnd();
		}
	}

	@Test
	void clientsOfANodeThatWasFrozenForTooLongAreToldOfTheGap() throws Exception {
		List<ChatNode> nodes = start(2);
		ChatNode frozen = nodes.get(1);
		try (RunningScript clients = RunningScript.start("historyGap", urls(nodes))) {
			clients.await("freeze");
			frozen.signal("STOP");
			ChatNode.eventually()
				.untilAsserted(() -> assertThat(nodes.get(0).nodes()).containsExactly(nodes.get(0).name()));
			clients.tell("frozen");
			clients.await("thaw");
			frozen.signal("CONT");
			clients.awaitEnd();
		}
	}

	private static void stop(ChatNode node) throws Exception {
		node.stop();
		node.awaitExit();
	}

	private List<ChatNode> start(int count) throws Exception {
		List<String> names = IntStream.rangeClosed(1, count).mapToObj((number) -> "n" + number + "@127.0.0.1").toList();
		this.listed = String.join(",", names);
		List<ChatNode> nodes = new ArrayList<>();
		for (String name : names) {
			nodes.add(start(name, this.cluster.ports().nextHttp(), HISTORY));
		}
		this.cluster.awaitWhole();
		return nodes;
	}

	private ChatNode start(String node, int httpPort, String... arguments) throws Exception {
		Stream<String> command = Stream.of(ChatNode.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), HistoryApplication.class.getName(), "--server.port=" + httpPort,
				"--cluster.node=" + node, "--cluster.name=" + this.cluster.name(),
				"--cluster.port=" + this.cluster.ports().cluster(), "--cluster.sync-nodes-optional=" + this.listed,
				"--spring.config.location=optional:classpath:/nothing/",
				"--cluster.channels.long-poll.poll-timeout=2s");
		return this.cluster.adopt(node, httpPort, Stream.concat(command, Stream.of(arguments)).toArray(String[]::new));
	}

	private static String[] urls(List<ChatNode> nodes) {
		return nodes.stream().map(ChatNode::url).toArray(String[]::new);
	}

}
