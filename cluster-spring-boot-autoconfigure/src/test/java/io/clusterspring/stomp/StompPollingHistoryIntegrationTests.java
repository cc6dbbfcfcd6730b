package io.clusterspring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.history.HistoryPosition;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for destinations with history and clients that poll with SockJS.
 */
@Timeout(120)
class StompPollingHistoryIntegrationTests {

	private static final int CACHE = 20;

	private final LocalNetwork network = new LocalNetwork("stomp-polling-history");

	@Nullable StompNode node;

	@BeforeEach
	void start() {
		this.node = StompNode.start("n1@127.0.0.1", this.network, App.class,
				"--cluster.history.prices.destinations=/topic/prices.*");
	}

	@AfterEach
	void close() {
		this.node.close();
		this.network.close();
	}

	private void publish(String destination, int count) {
		IntStream.rangeClosed(1, count)
			.forEach((i) -> this.node.template().convertAndSend(destination, "m" + i + " of " + destination));
	}

	/** Return the position of a client that has seen all. */
	private String position(String destination) {
		Polling client = new Polling("position" + destination.hashCode());
		client.subscribe("0", destination, "");
		String answer = client.until("cluster-recovered:none");
		String position = answer.replaceAll("(?s).*cluster-position:([^\\n]*)\\n.*", "$1").replace("\\c", ":");
		assertThat(HistoryPosition.of(position).origins()).isNotEmpty();
		return position;
	}

	@Test
	void aReplayThatFitsIntoHalfOfTheCacheComes() {
		String position = position("/topic/prices.eur");
		publish("/topic/prices.eur", CACHE / 2);
		Polling client = new Polling("fits");
		client.subscribe("0", "/topic/prices.eur", position);
		client.until("cluster-recovered:true");
		assertThat(client.bodies()).hasSize(CACHE / 2).startsWith("m1 of /topic/prices.eur");
	}

	@Test
	void aReplayThatIsLargerThanHalfOfTheCacheDoesNotCome() {
		String position = position("/topic/prices.eur");
		publish("/topic/prices.eur", CACHE / 2 + 1);
		Polling client = new Polling("large");
		client.subscribe("0", "/topic/prices.eur", position);
		assertThat(client.until("cluster-recovered:false")).contains("cluster-reason:evicted");
		assertThat(client.bodies()).isEmpty();
		publish("/topic/prices.eur", 1);
		client.until("m1 of");
	}

	@Test
	void replaysOfSeveralDestinationsShareTheCache() {
		List<String> destinations = List.of("/topic/prices.eur", "/topic/prices.usd", "/topic/prices.gbp");
		List<String> positions = destinations.stream().map(this::position).toList();
		destinations.forEach((destination) -> publish(destination, CACHE / 2 - 2));
		Polling client = new Polling("several");
		for (int i = 0; i < 3; i++) {
			client.subscribe(String.valueOf(i), destinations.get(i), positions.get(i));
		}
		assertThat(client.answers(3))
			.satisfiesOnlyOnce((answer) -> assertThat(answer).contains("cluster-recovered:true"))
			.filteredOn((answer) -> answer.contains("cluster-reason:evicted"))
			.hasSize(2);
		assertThat(client.bodies()).hasSize(CACHE / 2 - 2);
		publish("/topic/prices.gbp", CACHE / 2 - 1);
		client.until("m" + (CACHE / 2 - 1) + " of /topic/prices.gbp");
	}

	/** A client that polls when the test wants it. */
	private final class Polling {

		private final HttpClient http = HttpClient.newHttpClient();

		private final String url;

		private final List<String> frames = new ArrayList<>();

		Polling(String session) {
			this.url = "http://127.0.0.1:" + StompPollingHistoryIntegrationTests.this.node.port() + "/sockjs/000/"
					+ session;
			post("/xhr", "");
			send("CONNECT\naccept-version:1.2\nhost:x\n\n\0");
			until("CONNECTED");
		}

		void subscribe(String id, String destination, String position) {
			send("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\ncluster-position:"
					+ position.replace(":", "\\c") + "\n\n\0");
		}

		private void send(String frame) {
			post("/xhr_send",
					"[\"" + frame.replace("\\", "\\\\").replace("\n", "\\n").replace("\0", "\\u0000") + "\"]");
		}

		private String post(String path, String body) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + path))
				.timeout(Duration.ofSeconds(60))
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build();
			return this.http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
		}

		/** Poll until a frame contains a text. */
		String until(String text) {
			return until(text, 1).get(0);
		}

		/** Poll until so many subscriptions have been answered. */
		List<String> answers(int count) {
			return until("cluster-recovered:", count);
		}

		private List<String> until(String text, int count) {
			for (;;) {
				String polled = post("/xhr", "");
				assertThat(polled).doesNotStartWith("c");
				if (polled.startsWith("a")) {
					String plain = polled.replace("\\n", "\n").replace("\\\\", "\\").replace("\\u0000", "\0");
					this.frames.addAll(List.of(plain.substring(1).split("\0")));
				}
				List<String> found = this.frames.stream().filter((frame) -> frame.contains(text)).toList();
				if (found.size() >= count) {
					return found;
				}
			}
		}

		/** The bodies of the messages. */
		List<String> bodies() {
			return this.frames.stream()
				.filter((frame) -> frame.contains("MESSAGE\n") && frame.contains("\n\nm"))
				.map((frame) -> frame.substring(frame.indexOf("\n\n") + 2))
				.toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocketMessageBroker
	static class App implements WebSocketMessageBrokerConfigurer {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/sockjs").withSockJS().setHttpMessageCacheSize(CACHE);
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

	}

}
