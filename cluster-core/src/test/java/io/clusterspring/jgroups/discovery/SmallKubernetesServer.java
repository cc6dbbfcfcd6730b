package io.clusterspring.jgroups.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Lists pods, as the API of Kubernetes does.
 */
final class SmallKubernetesServer implements AutoCloseable {

	private final HttpServer server;

	final Set<String> pods = new ConcurrentSkipListSet<>();

	final List<String> requests = new CopyOnWriteArrayList<>();

	SmallKubernetesServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
		String items = this.pods.stream()
			.map("""
					{"metadata": {"name": "chat-%1$s", "labels": {"app": "chat"}},
					 "status": {"phase": "Running", "podIP": "%1$s",
					            "conditions": [{"type": "Ready", "status": "False"}]}}"""::formatted)
			.collect(Collectors.joining(","));
		String starting = "{\"metadata\": {\"name\": \"no-address-yet\"}, \"status\": {\"phase\": \"Pending\"}}";
		byte[] body = ("{\"kind\": \"PodList\", \"items\": [" + starting + (items.isEmpty() ? "" : ",") + items + "]}")
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
