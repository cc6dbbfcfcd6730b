package io.clusterspring.autoconfigure;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
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

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String CLUSTER = "actions-" + UUID.randomUUID();

	private static final List<ConfigurableApplicationContext> NODES = new ArrayList<>();

	private final List<TextClient> clients = new ArrayList<>();

	@BeforeAll
	static void start() {
		for (String node : List.of("n1@127.0.0.1", "n2@127.0.0.1")) {
			NODES.add(new SpringApplicationBuilder(ActionsApp.class).run(arguments(CLUSTER, node, 18470)));
		}
		await().until(() -> get(0, "nodes").get("answered").size() == 2);
		await().until(() -> get(1, "nodes").get("answered").size() == 2);
	}

	private static String[] arguments(String cluster, String node, int port) {
		return new String[] { "--server.port=0", "--cluster.name=" + cluster, "--cluster.node=" + node,
				"--cluster.port=" + port, "--cluster.sync-nodes-timeout=60s",
				"--cluster.sync-nodes-optional=" + (node.startsWith("n1") ? "" : "n1@127.0.0.1"),
				"--cluster.distributed.invoices.nodes=n1@127.0.0.1,n2@127.0.0.1", "--cluster.max-payload-size=1MB",
				"--management.endpoints.web.exposure.include=cluster,health",
				"--management.endpoint.health.probes.enabled=true",
				"--management.endpoint.cluster.access=unrestricted" };
	}

	@AfterAll
	static void stop() {
		NODES.forEach(ConfigurableApplicationContext::close);
		NODES.clear();
	}

	@AfterEach
	void close() {
		this.clients.forEach(TextClient::close);
		await().until(() -> get(0, "sockets").get("items").isEmpty() && get(0, "stomp").get("items").isEmpty());
	}

	@Test
	void userIsDisconnectedOnBothNodesAndComesAgain(CapturedOutput output) {
		List<TextClient> ann = List.of(connect(0, "ann"), connect(1, "ann"), connect(1, "ann"));
		TextClient bob = connect(1, "bob");
		JsonNode done = post(0, "sockets/disconnect", "{\"user\":\"ann\"}");
		assertThat(done).hasToString("{\"closed\":3,\"answered\":[\"n1@127.0.0.1\",\"n2@127.0.0.1\"],\"silent\":[]}");
		await().until(() -> ann.stream().allMatch(TextClient::isClosed));
		assertThat(bob.isClosed()).isFalse();
		assertThat(output).contains("sockets/disconnect {user=ann}, asked for by 'olga'");
		assertThat(output).contains("closed=3");
		TextClient again = connect(1, "ann");
		assertThat(get(0, "sockets?user=ann").get("items")).hasSize(1);
		assertThat(again.isClosed()).isFalse();
	}

	@Test
	void oneSocketIsDisconnectedByTheIdOfItsConnectionOrItsOwn() {
		TextClient first = connect(1, "ann");
		String id = get(0, "sockets").get("items").get(0).get("id").stringValue();
		TextClient second = connect(1, "ann");
		assertThat(post(0, "sockets/disconnect", "{\"id\":\"" + id + "\"}").get("closed").intValue()).isOne();
		await().until(first::isClosed);
		assertThat(second.isClosed()).isFalse();
		assertThat(post(0, "sockets/disconnect", "{\"id\":\"user_socket:ann\"}").get("closed").intValue()).isOne();
		await().until(second::isClosed);
		assertThat(post(0, "sockets/disconnect", "{\"id\":\"" + id + "\"}").get("closed").intValue()).isZero();
	}

	@Test
	void sessionsOfStompAreDisconnectedBySessionOrUser() {
		TextClient one = stomp(1, "ann");
		await().until(() -> get(0, "stomp").get("items").size() == 1);
		String session = get(0, "stomp").get("items").get(0).get("session").stringValue();
		TextClient two = stomp(1, "ann");
		TextClient bob = stomp(0, "bob");
		assertThat(post(0, "stomp/disconnect", "{\"session\":\"" + session + "\"}").get("closed").intValue()).isOne();
		await().until(one::isClosed);
		assertThat(two.isClosed()).isFalse();
		assertThat(post(0, "stomp/disconnect", "{\"user\":\"ann\"}").get("closed").intValue()).isOne();
		await().until(two::isClosed);
		assertThat(bob.isClosed()).isFalse();
	}

	@Test
	void broadcastReachesTheMembersOnBothNodesAsItWasGiven() throws Exception {
		TextClient ann = join(connect(0, "ann"), "room:1");
		TextClient bob = join(connect(1, "bob"), "room:1");
		String payload = "{\"n\": 1.00, \"late\": [12345678901234567890]}";
		JsonNode done = post(0, "topics/broadcast", "{\"topic\":\"room:1\",\"event\":\"notice\",\"payload\":"
				+ JsonMapper.shared().writeValueAsString(payload) + "}");
		assertThat(done).hasToString("{\"topic\":\"room:1\",\"bytes\":" + payload.length() + "}");
		for (TextClient client : List.of(ann, bob)) {
			assertThat(client.next()).isEqualTo("[null,null,\"room:1\",\"notice\"," + payload + "]");
		}
	}

	@Test
	void distributedApplicationIsMoved() {
		await().until(() -> isRunning(0));
		assertThat(post(0, "distributed/move", "{\"application\":\"invoices\",\"node\":\"n2@127.0.0.1\"}"))
			.hasToString("{\"application\":\"invoices\",\"move\":\"n2@127.0.0.1\"}");
		await().until(() -> isRunning(1));
		post(1, "distributed/forbid", "{\"application\":\"invoices\",\"node\":\"n2@127.0.0.1\"}");
		await().until(() -> isRunning(0));
		post(1, "distributed/permit", "{\"application\":\"invoices\",\"node\":\"n2@127.0.0.1\"}");
	}

	private static boolean isRunning(int node) {
		return NODES.get(node).getBean(DistributedApplications.class).isRunningHere("invoices");
	}

	@Test
	void nodeIsDrainedFromTheOtherAndTakesClientsAgain() {
		TextClient ann = connect(1, "ann");
		TextClient carl = stomp(1, "carl");
		TextClient bob = connect(0, "bob");
		assertThat(post(0, "nodes/drain", "{\"node\":\"n2@127.0.0.1\"}"))
			.hasToString("{\"connections\":2,\"draining\":true,\"answered\":[\"n2@127.0.0.1\"],\"silent\":[]}");
		await().until(() -> ann.isClosed() && carl.isClosed());
		await().untilAsserted(() -> {
			assertThat(request(1, "GET", "health/readiness", "").statusCode()).isEqualTo(503);
			assertThat(request(1, "GET", "health/readiness", "").body()).contains("OUT_OF_SERVICE");
		});
		assertThatThrownBy(() -> connect(1, "dan")).hasMessageContaining("Handshake");
		assertThatThrownBy(() -> stomp(1, "dan")).hasMessageContaining("Handshake");
		assertThat(bob.isClosed()).isFalse();
		assertThat(get(0, "nodes?node=n2@127.0.0.1").get("items").get(0).get("draining").booleanValue()).isTrue();
		assertThat(post(0, "nodes/drain", "{\"node\":\"n2@127.0.0.1\"}").get("connections").intValue()).isZero();
		assertThat(post(0, "nodes/resume", "{\"node\":\"n2@127.0.0.1\"}").get("draining").booleanValue()).isFalse();
		await().until(() -> request(1, "GET", "health/readiness", "").statusCode() == 200);
		assertThat(connect(1, "ann").isClosed()).isFalse();
		assertThat(get(0, "nodes?node=n2@127.0.0.1").get("items").get(0).get("draining").booleanValue()).isFalse();
	}

	@Test
	void parameterThatNoSectionHasIsDroppedByBoot() {
		connect(0, "ann");
		await().untilAsserted(() -> assertThat(get(0, "sockets?usr=nobody&timeout=500").get("items")).isNotEmpty());
		assertThat(get(0, "sockets?user=nobody").get("items")).isEmpty();
		assertThat(request(0, "GET", "cluster/sockets?prefix=a", "").statusCode()).isEqualTo(400);
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
		assertThat(request(0, "GET", "cluster/sockets%2Fdisconnect?user=ann", "").statusCode()).isIn(400, 404);
	}

	@Test
	void frozenNodeIsNamedAndTheOthersAct() throws Exception {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				ActionsApp.class.getName()));
		command.addAll(List.of(arguments(CLUSTER, "n3@127.0.0.1", 18470)));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String line = output.readLine();
			while (line != null && !line.startsWith("@port")) {
				line = output.readLine();
			}
			assertThat(line).isNotNull();
			await().until(() -> get(0, "nodes").get("answered").size() == 3);
			TextClient there = connectTo(Integer.parseInt(line.substring(6)), "eve");
			TextClient here = connect(1, "eve");
			signal(process, "STOP");
			JsonNode done = post(0, "sockets/disconnect", "{\"user\":\"eve\"}");
			assertThat(done.get("closed").intValue()).isOne();
			assertThat(done.get("answered")).hasSize(2);
			assertThat(done.get("silent").get(0))
				.hasToString("{\"node\":\"n3@127.0.0.1\",\"reason\":\"no answer in 2 s\"}");
			await().until(here::isClosed);
			assertThat(there.isClosed()).isFalse();
			HttpResponse<String> drain = request(0, "POST", "cluster/nodes/drain", "{\"node\":\"n3@127.0.0.1\"}");
			assertThat(drain.statusCode()).isEqualTo(504);
			assertThat(drain.body()).startsWith("{\"answered\":[],\"silent\":[{\"node\":\"n3@127.0.0.1\",")
				.contains("\"reason\":\"n3@127.0.0.1 has not acted: ");
			signal(process, "CONT");
			await().atMost(30, TimeUnit.SECONDS).until(there::isClosed);
		}
		finally {
			process.destroyForcibly().waitFor();
			await().atMost(60, TimeUnit.SECONDS)
				.until(() -> NODES.get(0).getBean(Cluster.class).view().nodes().size() == 2);
		}
	}

	private static void signal(Process process, String signal) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor()).isZero();
	}

	private TextClient connect(int node, String user) {
		return connectTo(port(node), user);
	}

	private TextClient connectTo(int port, String user) {
		TextClient client = TextClient.connect(HTTP,
				URI.create("ws://127.0.0.1:" + port + "/socket/websocket?vsn=2.0.0&user=" + user));
		this.clients.add(client);
		return client;
	}

	private TextClient stomp(int node, String user) {
		TextClient client = TextClient.connect(HTTP,
				URI.create("ws://127.0.0.1:" + port(node) + "/stomp?user=" + user));
		this.clients.add(client);
		client.send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");
		try {
			assertThat(client.next()).startsWith("CONNECTED");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return client;
	}

	private static TextClient join(TextClient client, String topic) throws InterruptedException {
		client.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
		assertThat(client.next()).contains("\"ok\"");
		return client;
	}

	private static String refused(String action, String body, int status) {
		HttpResponse<String> response = request(0, "POST", "cluster/" + action, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body()).get("reason").stringValue();
	}

	private static JsonNode post(int node, String action, String body) {
		HttpResponse<String> response = request(node, "POST", "cluster/" + action, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static JsonNode get(int node, String path) {
		HttpResponse<String> response = request(node, "GET", "cluster/" + path, "");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static HttpResponse<String> request(int node, String method, String path, String body) {
		try {
			return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(node) + "/actuator/" + path))
				.header("Content-Type", "application/json")
				.header("X-Operator", "olga")
				.method(method, HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int port(int node) {
		return ((ServletWebServerApplicationContext) NODES.get(node)).getWebServer().getPort();
	}

}
