package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.websocket.RawClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for clients that come back to topics with history, against two real web servers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CatchUpTestCases {

	private final Class<?> configuration;

	private ConfigurableApplicationContext n1;

	private ConfigurableApplicationContext n2;

	private int port1;

	private int port2;

	CatchUpTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	abstract int clusterPort();

	@BeforeAll
	void start() {
		this.n1 = run("n1@127.0.0.1");
		this.n2 = run("n2@127.0.0.1");
		await().until(() -> this.n1.getBean(Cluster.class).view().nodes().size() == 2);
		this.port1 = LongPollTestCases.port(this.n1);
		this.port2 = LongPollTestCases.port(this.n2);
	}

	private ConfigurableApplicationContext run(String node) {
		return new SpringApplicationBuilder(Application.class, this.configuration).run("--server.port=0",
				"--cluster.name=" + getClass().getSimpleName(), "--cluster.node=" + node,
				"--cluster.port=" + clusterPort(), "--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--cluster.history.rooms.topics=room:*", "--cluster.history.rooms.size=10000");
	}

	@AfterAll
	void stop() {
		this.n2.close();
		this.n1.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void clientThatMovesBetweenNodesGetsEveryMessageOnceAndInOrder(String vsn) throws Exception {
		String topic = "room:moves" + vsn;
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService publishers = Executors.newFixedThreadPool(2);
		Reader reader = new Reader(topic, vsn.startsWith("1"));
		try {
			publishers.execute(() -> publish(this.n1, topic, "seen", over));
			publishers.execute(() -> publish(this.n2, topic, "number", over));
			for (int move = 0; move < 20; move++) {
				try (RawClient client = connect((move % 2 == 0) ? this.port1 : this.port2, vsn)) {
					reader.joins(client);
					reader.read(client, 100);
				}
				catch (IOException ex) {
					// a node that is busy may close the socket of a client that is too
					// slow
					assertThat(ex).hasMessage("close 1008");
				}
			}
			over.set(true);
			publishers.shutdown();
			assertThat(publishers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
			try (RawClient client = connect(this.port1, vsn)) {
				reader.joins(client);
			}
		}
		finally {
			over.set(true);
			publishers.shutdownNow();
		}
		assertThat(reader.recovered).first().isNull();
		assertThat(reader.recovered).hasSizeGreaterThan(15)
			.filteredOn((recovered) -> recovered != null)
			.containsOnly(true);
		assertThat(reader.numbers).hasSize(2);
		reader.numbers.values()
			.forEach((numbers) -> assertThat(numbers)
				.isEqualTo(IntStream.range(numbers.get(0), numbers.get(0) + numbers.size()).boxed().toList()));
	}

	private static void publish(ConfigurableApplicationContext node, String topic, String event, AtomicBoolean over) {
		Channels channels = node.getBean(Channels.class);
		for (int i = 0; !over.get() && i < 9000; i++) {
			channels.broadcast(topic, event, Map.of("from", event, "n", i));
			if (i % 10 == 0) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			}
		}
	}

	@Test
	void clientThatPollsGetsWhatItMissedOnAnotherNode() throws Exception {
		Reader reader = new Reader("room:polls", false);
		Poller before = Poller.open(this.port1);
		before.post(this.port1, reader.join());
		reader.takeAll(before.messages(2, this.port1));
		number(this.n1, "room:polls", 0);
		reader.takeAll(before.messages(1, this.port1));
		IntStream.range(1, 5).forEach((n) -> number(this.n1, "room:polls", n));
		await().until(() -> this.n2.getBean(Channels.class).history("room:polls").messages().size() == 5);
		Poller after = Poller.open(this.port2);
		after.post(this.port2, reader.join());
		reader.takeAll(after.messages(6, this.port2));
		assertThat(reader.recovered).containsExactly(null, true);
		assertThat(reader.numbers.get("number")).containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void clientHearsThatMessagesAreGone() throws Exception {
		try (RawClient client = connect(this.port1, "2.0.0")) {
			number(this.n2, "room:gone", 0);
			client.text("[\"1\",\"1\",\"room:gone\",\"phx_join\",{\"$history\":{\"position\":\"AAAAAAAA:3\"}}]");
			assertThat(client.next()).contains("phx_reply");
			assertThat(client.next()).contains("\"recovered\":false").contains("unknown-origin");
		}
	}

	private static void number(ConfigurableApplicationContext node, String topic, int number) {
		node.getBean(Channels.class).broadcast(topic, "number", Map.of("from", "number", "n", number));
	}

	private static RawClient connect(int port, String vsn) throws IOException {
		return new RawClient(port, "/socket/websocket?vsn=" + vsn, 0);
	}

	/** The knowledge of a page: its position, and what it has got. */
	private static final class Reader {

		private final String topic;

		private final boolean v1;

		private final Map<String, Long> position = new HashMap<>();

		private final Map<String, List<Integer>> numbers = new TreeMap<>();

		private final List<@Nullable Boolean> recovered = new ArrayList<>();

		private int count;

		Reader(String topic, boolean v1) {
			this.topic = topic;
			this.v1 = v1;
		}

		String join() {
			String text = this.position.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + ":" + entry.getValue())
				.collect(Collectors.joining(","));
			String key = this.recovered.isEmpty() ? "{}" : "{\"position\":\"" + text + "\",\"away\":1000}";
			String payload = "{\"$history\":" + key + "}";
			return this.v1 ? "{\"topic\":\"%s\",\"event\":\"phx_join\",\"payload\":%s,\"ref\":\"1\"}"
				.formatted(this.topic, payload) : "[\"1\",\"1\",\"%s\",\"phx_join\",%s]".formatted(this.topic, payload);
		}

		void joins(RawClient client) throws IOException {
			int answers = this.recovered.size();
			client.text(join());
			while (this.recovered.size() == answers) {
				take(client.next());
			}
		}

		void read(RawClient client, int messages) throws IOException {
			int enough = this.count + messages;
			while (this.count < enough) {
				take(client.next());
			}
		}

		void takeAll(List<String> texts) throws IOException {
			for (String text : texts) {
				take(text);
			}
		}

		void take(String text) throws IOException {
			if (text.startsWith("close ")) {
				throw new IOException(text);
			}
			assertThat(text).matches("[\\[{].*");
			JsonNode message = JsonMapper.shared().readTree(text);
			String event = message.path(this.v1 ? "event" : "3").stringValue(message.path(3).asString());
			JsonNode payload = this.v1 ? message.path("payload") : message.path(4);
			JsonNode ref = this.v1 ? message.path("ref") : message.path(1);
			if (event.equals("$history")) {
				if (payload.has("recovered")) {
					this.position.clear();
					this.recovered
						.add(payload.path("recovered").isNull() ? null : payload.path("recovered").booleanValue());
				}
				merge(payload.path("position").stringValue());
			}
			else if (!event.startsWith("phx_")) {
				merge(ref.stringValue());
				this.count++;
				this.numbers.computeIfAbsent(event, (key) -> new ArrayList<>()).add(payload.path("n").intValue());
			}
		}

		private void merge(String text) {
			for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
				String[] parts = part.split(":");
				this.position.merge(parts[0], Long.valueOf(parts[1]), Math::max);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Room room() {
			return new Room();
		}

	}

	@ChannelController("room:{room}")
	static class Room {

		@OnBroadcast("seen")
		ChannelPayload seen(Channel channel, ChannelPayload payload) {
			return payload;
		}

	}

}
