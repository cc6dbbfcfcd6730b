package io.clusterspring.jgroups;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubernetesLookupIntegrationTests extends LookupTestCases {

	@TempDir
	private Path account;

	private final Set<String> pods = new ConcurrentSkipListSet<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private HttpServer server;

	@BeforeEach
	void startServer() throws IOException {
		Files.writeString(this.account.resolve("token"), "the-token\n");
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
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
	NodeLookup lookup(String host) {
		this.pods.add(host);
		return new KubernetesLookup("http://127.0.0.1:" + this.server.getAddress().getPort(), "shop", "app=chat",
				this.account);
	}

	@Override
	int port() {
		return 29510;
	}

	@Test
	void asksForPodsOfTheNamespaceWithTheLabelsByTheServiceAccount() throws Exception {
		NodeLookup.Found found = lookup("127.0.0.2").lookUp(InetAddress.getByName("127.0.0.1"));
		assertThat(this.requests)
			.containsExactly("/api/v1/namespaces/shop/pods?labelSelector=app%3Dchat Bearer the-token");
		assertThat(found.places()).extracting(Object::toString).containsExactly("127.0.0.2");
		assertThat(found.complete()).isFalse();
	}

	@Test
	void tokenIsNotSentToAServerThatCannotBeTrusted() {
		NodeLookup lookup = new KubernetesLookup("https://127.0.0.1:1", "shop", "app=chat", this.account);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> lookup.lookUp(InetAddress.getByName("127.0.0.1")))
			.withMessageContaining("ca.crt");
	}

}
