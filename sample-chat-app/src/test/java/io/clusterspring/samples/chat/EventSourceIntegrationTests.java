package io.clusterspring.samples.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests server-sent events with the EventSource of a real browser.
 */
class EventSourceIntegrationTests {

	private static final String SCRIPT = """
			window.got = [];
			window.source = new EventSource('/cluster/topics/prices:books/events');
			source.addEventListener('changed', (event) => got.push(event.data));
			source.addEventListener('$history', (event) => got.push(event.data));
			window.refused = new EventSource('/cluster/topics/prices:secret/events');
			""";

	private final HttpClient http = HttpClient.newHttpClient();

	private final PortBlock ports = PortBlock.reserve();

	@Test
	void browserGetsWhatItMissesWhileItsNodeIsRestarted() throws Exception {
		int port = this.ports.nextHttp();
		int other = this.ports.nextHttp();
		ConfigurableApplicationContext n1 = run("n1@127.0.0.1", port);
		try (ConfigurableApplicationContext n2 = run("n2@127.0.0.1", other); ChatPage page = ChatPage.launch()) {
			page.runOn("http://127.0.0.1:" + port + "/empty", SCRIPT);
			ChatNode.eventually().until(() -> page.evaluate("source.readyState").equals(1L));
			assertThat(publish(other, 1)).isEqualTo(200);
			ChatNode.eventually().until(() -> got(page).equals(List.of("{\"cents\":1}")));
			ChatNode.eventually().until(() -> page.evaluate("refused.readyState").equals(2L));
			n1.close();
			assertThat(publish(other, 2)).isEqualTo(200);
			n1 = run("n1@127.0.0.1", port);
			ChatNode.eventually()
				.untilAsserted(() -> assertThat(got(page)).containsExactly("{\"cents\":1}", "{\"cents\":2}",
						"{\"recovered\":true}"));
			assertThat(publish(port, 3)).isEqualTo(200);
			ChatNode.eventually().untilAsserted(() -> assertThat(got(page)).endsWith("{\"cents\":3}").hasSize(4));
			assertThat(n2.getBean(Cluster.class).view().nodes()).hasSize(2);
		}
		finally {
			n1.close();
		}
	}

	private ConfigurableApplicationContext run(String node, int port) {
		ConfigurableApplicationContext context = new SpringApplication(EventSourceApplication.class).run(
				"--server.port=" + port, "--cluster.name=event-source-" + this.ports.cluster(),
				"--cluster.node=" + node, "--cluster.port=" + this.ports.cluster(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1", "--cluster.history.prices.topics=prices:*",
				"--cluster.http.events.enabled=true", "--cluster.http.publish.enabled=true");
		ChatNode.eventually()
			.until(() -> node.startsWith("n1") || context.getBean(Cluster.class).view().nodes().size() == 2);
		return context;
	}

	private int publish(int port, int cents) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/cluster/topics/prices:books"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"event\":\"changed\",\"payload\":{\"cents\":" + cents + "}}"))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private static List<String> got(ChatPage page) {
		return ((List<?>) page.evaluate("got")).stream().map(String.class::cast).toList();
	}

}
