package io.clusterspring.autoconfigure;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Cluster;
import io.clusterspring.failover.DistributedApplications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests that an action on one of two nodes reaches the clients of both, over HTTP, with
 * real sockets; and that a frozen node is named.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClusterActionsIntegrationTests {

	private static AskedNodes nodes;

	@BeforeAll
	static void start() {
		nodes = new AskedNodes(ActionsApp.class, 18470,
				"--cluster.distributed.invoices.nodes=n1@127.0.0.1,n2@127.0.0.1", "--cluster.max-payload-size=1MB",
				"--management.endpoints.web.exposure.include=cluster,health",
				"--management.endpoint.health.probes.enabled=true",
				"--management.endpoint.cluster.access=unrestricted");
	}

	@AfterAll
	static void stop() {
		nodes.close();
	}

	@AfterEach
	void close() {
		nodes.closeClients();
	}

	@Test
	void userIsDisconnectedOnBothNodesAndComesAgain(CapturedOutput output) {
		List<TextClient> ann = List.of(nodes.connect(0, "ann"), nodes.connect(1, "ann"), nodes.connect(1, "ann"));
		TextClient bob = nodes.connect(1, "bob");
		JsonNode done = nodes.post(0, "sockets/disconnect", "{\"user\":\"ann\"}");
		assertThat(done).hasToString("{\"closed\":3,\"answered\":[\"n1@127.0.0.1\",\"n2@127.0.0.1\"],\"silent\":[]}");
		await().until(() -> ann.stream().allMatch(TextClient::isClosed));
		assertThat(bob.isClosed()).isFalse();
		assertThat(output).contains("sockets/disconnect {user=ann}, asked for by 'olga'");
		assertThat(output).contains("closed=3");
		TextClient again = nodes.connect(1, "ann");
		assertThat(nodes.get(0, "sockets?user=ann").get("items")).hasSize(1);
		assertThat(again.isClosed()).isFalse();
	}

	@Test
	void oneSocketIsDisconnectedByTheIdOfItsConnectionOrItsOwn() {
		TextClient first = nodes.connect(1, "ann");
		String id = nodes.get(0, "sockets").get("items").get(0).get("id").stringValue();
		TextClient second = nodes.connect(1, "ann");
		assertThat(nodes.post(0, "sockets/disconnect", "{\"id\":\"" + id + "\"}").get("closed").intValue()).isOne();
		await().until(first::isClosed);
		assertThat(second.isClosed()).isFalse();
		assertThat(nodes.post(0, "sockets/disconnect", "{\"id\":\"user_socket:ann\"}").get("closed").intValue())
			.isOne();
		await().until(second::isClosed);
		assertThat(nodes.post(0, "sockets/disconnect", "{\"id\":\"" + id + "\"}").get("closed").intValue()).isZero();
	}

	@Test
	void sessionsOfStompAreDisconnectedBySessionOrUser() {
		TextClient one = nodes.stomp(1, "ann");
		await().until(() -> nodes.get(0, "stomp").get("items").size() == 1);
		String session = nodes.get(0, "stomp").get("items").get(0).get("session").stringValue();
		TextClient two = nodes.stomp(1, "ann");
		TextClient bob = nodes.stomp(0, "bob");
		assertThat(nodes.post(0, "stomp/disconnect", "{\"session\":\"" + session + "\"}").get("closed").intValue())
			.isOne();
		await().until(one::isClosed);
		assertThat(two.isClosed()).isFalse();
		assertThat(nodes.post(0, "stomp/disconnect", "{\"user\":\"ann\"}").get("closed").intValue()).isOne();
		await().until(two::isClosed);
		assertThat(bob.isClosed()).isFalse();
	}

	@Test
	void broadcastReachesTheMembersOnBothNodesAsItWasGiven() throws Exception {
		TextClient ann = AskedNodes.join(nodes.connect(0, "ann"), "room:1");
		TextClient bob = AskedNodes.join(nodes.connect(1, "bob"), "room:1");
		String payload = "{\"n\": 1.00, \"late\": [12345678901234567890]}";
		JsonNode done = nodes.post(0, "topics/broadcast", "{\"topic\":\"room:1\",\"event\":\"notice\",\"payload\":"
				+ JsonMapper.shared().writeValueAsString(payload) + "}");
		assertThat(done).hasToString("{\"topic\":\"room:1\",\"bytes\":" + payload.length() + "}");
		for (TextClient client : List.of(ann, bob)) {
			assertThat(client.next()).isEqualTo("[null,null,\"room:1\",\"notice\"," + payload + "]");
		}
	}

	@Test
	void distributedApplicationIsMoved() {
		await().until(() -> isRunning(0));
		assertThat(nodes.post(0, "distributed/move", "{\"application\":\"invoices\",\"node\":\"n2@127.0.0.1\"}"))
			.hasToString("{\"application\":\"invoices\",\"move\":\"n2@127.0.0.1\"}");
		await().until(() -> isRunning(1));
		nodes.post(1, "distributed/forbid", "{\"application\":\"invoices\",\"node\":\"n2@127.0.0.1\"}");
		await().until(() -> isRunning(0));
		nodes.post(1, "distributed/permit", "{\"application\":\"invoices\",\"node\":\"n2@127.0.0.1\"}");
	}

	private static boolean isRunning(int node) {
		return nodes.bean(node, DistributedApplications.class).isRunningHere("invoices");
	}

	@Test
	void nodeIsDrainedFromTheOtherAndTakesClientsAgain() {
		TextClient ann = nodes.connect(1, "ann");
		TextClient carl = nodes.stomp(1, "carl");
		TextClient bob = nodes.connect(0, "bob");
		assertThat(nodes.post(0, "nodes/drain", "{\"node\":\"n2@127.0.0.1\"}"))
			.hasToString("{\"connections\":2,\"draining\":true,\"answered\":[\"n2@127.0.0.1\"],\"silent\":[]}");
		await().until(() -> ann.isClosed() && carl.isClosed());
		await().untilAsserted(() -> {
			assertThat(nodes.request(1, "GET", "health/readiness", "").statusCode()).isEqualTo(503);
			assertThat(nodes.request(1, "GET", "health/readiness", "").body()).contains("OUT_OF_SERVICE");
		});
		assertThatThrownBy(() -> nodes.connect(1, "dan")).hasMessageContaining("Handshake");
		assertThatThrownBy(() -> nodes.stomp(1, "dan")).hasMessageContaining("Handshake");
		assertThat(bob.isClosed()).isFalse();
		assertThat(nodes.get(0, "nodes?node=n2@127.0.0.1").get("items").get(0).get("draining").booleanValue()).isTrue();
		assertThat(nodes.post(0, "nodes/drain", "{\"node\":\"n2@127.0.0.1\"}").get("connections").intValue()).isZero();
		assertThat(nodes.post(0, "nodes/resume", "{\"node\":\"n2@127.0.0.1\"}").get("draining").booleanValue())
			.isFalse();
		await().until(() -> nodes.request(1, "GET", "health/readiness", "").statusCode() == 200);
		assertThat(nodes.connect(1, "ann").isClosed()).isFalse();
		assertThat(nodes.get(0, "nodes?node=n2@127.0.0.1").get("items").get(0).get("draining").booleanValue())
			.isFalse();
	}

	@Test
	void parameterThatNoSectionHasIsDroppedByBoot() {
		nodes.connect(0, "ann");
		await()
			.untilAsserted(() -> assertThat(nodes.get(0, "sockets?usr=nobody&timeout=500").get("items")).isNotEmpty());
		assertThat(nodes.get(0, "sockets?user=nobody").get("items")).isEmpty();
		assertThat(nodes.request(0, "GET", "cluster/sockets?prefix=a", "").statusCode()).isEqualTo(400);
	}

	@Test
	void badActionsAreRefusedWithTheReason() {
		assertThat(refused("nothing/at-all", "{}", 404)).isEqualTo("There is no action of this name on this node");
		assertThat(refused("sockets/disconnect", "{}", 400)).isEqualTo("sockets/disconnect needs either id or user");
		assertThat(refused("sockets/disconnect", "{\"id\":\"a\",\"user\":\"b\"}", 400))
			.isEqualTo("sockets/disconnect needs either id or user");
		assertThat(refused("sockets/disconnect", "{\"user\":\"\"}", 400)).contains("must not be empty");
		assertThat(refused("sockets/disconnect", "{\"user\":\"\\ud800\"}", 400)).contains("lone surrogate");
		assertThat(refused("sockets/disconnect", "{\"user\":\"" + "x".repeat(4097) + "\"}", 400))
			.isEqualTo("user has more than 4096 characters");
		assertThat(refused("sockets/disconnect", "{\"user\":\"a\",\"topic\":\"b\"}", 400))
			.isEqualTo("'topic' does not apply to sockets/disconnect; these do: [id, user]");
		assertThat(refused("stomp/disconnect", "{\"session\":\"\"}", 400)).isEqualTo("session must not be empty");
		assertThat(refused("nodes/drain", "{}", 400)).isEqualTo("node must be given");
		assertThat(refused("nodes/drain", "{\"node\":\"n9@127.0.0.1\"}", 400))
			.isEqualTo("There is no node n9@127.0.0.1 in the view of n1@127.0.0.1");
		assertThat(refused("distributed/move", "{\"application\":\"invoices\"}", 400)).isEqualTo("node must be given");
		assertThat(refused("distributed/move", "{\"application\":\"x\",\"node\":\"n2@127.0.0.1\"}", 400))
			.contains("'x'");
	}

	@Test
	void badBroadcastsAreRefusedWithTheReason() {
		assertThat(refusedBroadcast("phoenix", "e", "{}")).isEqualTo("Topic 'phoenix' is reserved");
		assertThat(refusedBroadcast("a\\u0000", "e", "{}")).contains("control character");
		assertThat(refusedBroadcast("a".repeat(256), "e", "{}")).contains("more than 255 bytes");
		assertThat(refusedBroadcast("a", "phx_close", "{}")).isEqualTo("Event 'phx_close' is reserved");
		assertThat(refusedBroadcast("a", "presence_diff", "{}")).isEqualTo("Event 'presence_diff' is reserved");
		assertThat(refusedBroadcast("a", "e", "[]")).contains("the text of a JSON object");
		assertThat(refusedBroadcast("a", "e", "{} {}")).contains("not as expected");
		assertThat(refusedBroadcast("a", "e", "{")).contains("not JSON").doesNotContain("Source");
		assertThat(refusedBroadcast("a", "e", "{\\\"a\\\":\\\"\\\\ud800\\\"}")).contains("lone surrogate");
		assertThat(refusedBroadcast("a", "e", "{\\\"a\\\":\\\"" + "x".repeat(1 << 21) + "\\\"}")).contains("too large");
		assertThat(refused("topics/broadcast", "{\"topic\":\"a\",\"event\":\"e\"}", 400))
			.isEqualTo("payload must be given");
	}

	private static String refusedBroadcast(String topic, String event, String payload) {
		return refused("topics/broadcast",
				"{\"topic\":\"" + topic + "\",\"event\":\"" + event + "\",\"payload\":\"" + payload + "\"}", 400);
	}

	@Test
	void actionIsNoSection() {
		assertThat(nodes.request(0, "GET", "cluster/sockets%2Fdisconnect?user=ann", "").statusCode()).isIn(400, 404);
	}

	@Test
	void frozenNodeIsNamedAndTheOthersAct() throws Exception {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				ActionsApp.class.getName()));
		command.addAll(List.of(nodes.arguments("n3@127.0.0.1")));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String line = output.readLine();
			while (line != null && !line.startsWith("@port")) {
				line = output.readLine();
			}
			assertThat(line).isNotNull();
			await().until(() -> nodes.get(0, "nodes").get("answered").size() == 3);
			TextClient there = nodes.connectTo(Integer.parseInt(line.substring(6)), "eve");
			TextClient here = nodes.connect(1, "eve");
			signal(process, "STOP");
			JsonNode done = nodes.post(0, "sockets/disconnect", "{\"user\":\"eve\"}");
			assertThat(done.get("closed").intValue()).isOne();
			assertThat(done.get("answered")).hasSize(2);
			assertThat(done.get("silent").get(0))
				.hasToString("{\"node\":\"n3@127.0.0.1\",\"reason\":\"no answer in 2 s\"}");
			await().until(here::isClosed);
			assertThat(there.isClosed()).isFalse();
			HttpResponse<String> drain = nodes.request(0, "POST", "cluster/nodes/drain", "{\"node\":\"n3@127.0.0.1\"}");
			assertThat(drain.statusCode()).isEqualTo(504);
			assertThat(drain.body()).startsWith("{\"answered\":[],\"silent\":[{\"node\":\"n3@127.0.0.1\",")
				.contains("\"reason\":\"n3@127.0.0.1 has not acted: ");
			signal(process, "CONT");
			await().atMost(30, TimeUnit.SECONDS).until(there::isClosed);
		}
		finally {
			process.destroyForcibly().waitFor();
			await().atMost(60, TimeUnit.SECONDS).until(() -> nodes.bean(0, Cluster.class).view().nodes().size() == 2);
		}
	}

	private static void signal(Process process, String signal) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor()).isZero();
	}

	private static String refused(String action, String body, int status) {
		return nodes.refused("POST", action, body, status);
	}

}
