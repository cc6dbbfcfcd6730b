package io.clusterspring.autoconfigure;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes of an application, whose endpoints are asked over HTTP, and their clients.
 */
final class AskedNodes implements AutoCloseable {

	private static final HttpClient http = HttpClient.newHttpClient();

	private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

	private final List<TextClient> clients = new ArrayList<>();

	private final String[] properties;

	AskedNodes(Class<?> application, int port, String... properties) {
		this.properties = StringUtils.concatenateStringArrays(properties,
				new String[] { "--server.port=0", "--cluster.name=asked-" + UUID.randomUUID(), "--cluster.port=" + port,
						"--cluster.sync-nodes-timeout=60s" });
		for (String node : List.of("n1@127.0.0.1", "n2@127.0.0.1")) {
			this.nodes.add(new SpringApplicationBuilder(application).run(arguments(node)));
		}
		await().until(() -> get(0, "nodes").get("answered").size() == 2);
		await().until(() -> get(1, "nodes").get("answered").size() == 2);
	}

	/** Return the arguments of a node, which may run in a process of its own. */
	String[] arguments(String node) {
		return StringUtils.concatenateStringArrays(this.properties, new String[] { "--cluster.node=" + node,
				"--cluster.sync-nodes-optional=" + (node.startsWith("n1") ? "" : "n1@127.0.0.1") });
	}

	<T> T bean(int node, Class<T> type) {
		return this.nodes.get(node).getBean(type);
	}

	JsonNode get(int node, String path) {
		return read(request(node, "GET", "cluster/" + path, ""), 200);
	}

	JsonNode post(int node, String action, String body) {
		return read(request(node, "POST", "cluster/" + action, body), 200);
	}

	/** Return the reason why the first node refuses a request. */
	String refused(String method, String path, String body, int status) {
		return read(request(0, method, "cluster/" + path, body), status).get("reason").stringValue();
	}

	private static JsonNode read(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body());
	}

	HttpResponse<String> request(int node, String method, String path, String body) {
		try {
			return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(node) + "/actuator/" + path))
				.header("Content-Type", "application/json")
				.header("X-Operator", "olga")
				.method(method, HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int port(int node) {
		return ((ServletWebServerApplicationContext) this.nodes.get(node)).getWebServer().getPort();
	}

	TextClient connect(int node, String user) {
		return connectTo(port(node), user);
	}

	TextClient connectTo(int port, String user) {
		return open(port, "/socket/websocket?vsn=2.0.0&user=" + URLEncoder.encode(user, StandardCharsets.UTF_8));
	}

	TextClient stomp(int node, String user, String... destinations) {
		TextClient client = open(port(node), "/stomp?user=" + user);
		client.send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");
		assertThat(client.next()).startsWith("CONNECTED");
		for (String destination : destinations) {
			client.send("SUBSCRIBE\nid:" + destination + "\ndestination:" + destination + "\n\n\0");
		}
		return client;
	}

	private TextClient open(int port, String path) {
		TextClient client = TextClient.connect(http, URI.create("ws://127.0.0.1:" + port + path));
		this.clients.add(client);
		return client;
	}

	static TextClient join(TextClient client, String topic) {
		client.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
		assertThat(client.next()).contains("\"ok\"");
		return client;
	}

	/** Close all clients, and wait until the nodes have noticed. */
	void closeClients() {
		this.clients.forEach(TextClient::close);
		this.clients.clear();
		await().until(() -> get(0, "sockets").get("items").isEmpty() && get(0, "stomp").get("items").isEmpty());
	}

	@Override
	public void close() {
		this.nodes.forEach(ConfigurableApplicationContext::close);
	}

}
