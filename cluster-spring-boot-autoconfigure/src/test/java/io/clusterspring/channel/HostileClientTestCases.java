package io.clusterspring.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.presence.Presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests with malformed input against a real server of each transport. Each case ends the
 * connection of its client, or gets an error reply. A second client stays connected and
 * must not be affected, and no state may remain.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
public abstract class HostileClientTestCases {

	private static final JsonMapper mapper = JsonMapper.shared();

	private static final int SERVER_ERROR = 1011;

	private final Class<?> configuration;

	private ConfigurableApplicationContext context;

	private HostileClient bystander;

	protected HostileClientTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	/**
	 * Connect a client.
	 * @param port the port of the server
	 * @param vsn the version it speaks
	 * @return the client
	 */
	protected abstract HostileClient connect(int port, String vsn) throws Exception;

	/**
	 * Return the close code of the transport for text that is not UTF-8.
	 * @return the code
	 */
	protected abstract int invalidUtf8Code();

	protected List<String> arguments() {
		return List.of();
	}

	@BeforeAll
	void start() {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--cluster.transport=local", "--cluster.node=n1@local",
						"--cluster.name=hostile-" + UUID.randomUUID(), "--cluster.channels.long-poll.poll-timeout=1s"));
		arguments.addAll(arguments());
		this.context = new SpringApplication(HostileRooms.Application.class, this.configuration)
			.run(arguments.toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@BeforeEach
	void bystanderComes() throws Exception {
		this.bystander = connect("2.0.0");
		send(this.bystander, "[\"1\",\"1\",\"room:bystander\",\"phx_join\",{}]");
		assertThat(this.bystander.next()).contains("\"ok\"");
	}

	@AfterEach
	void bystanderHasNotNoticed() throws Exception {
		send(this.bystander, "[\"1\",\"2\",\"room:bystander\",\"echo\",{\"still\":\"here\"}]");
		assertThat(this.bystander.next()).isEqualTo(
				"[\"1\",\"2\",\"room:bystander\",\"phx_reply\",{\"response\":{\"still\":\"here\"},\"status\":\"ok\"}]");
		this.bystander.close();
		assertThat(this.context.getBean(HostileRooms.Vip.class).handled).hasValue(0);
		assertThat(this.context.getBean(HostileRooms.Crash.class).handled).hasValue(0);
	}

	static Stream<List<String>> placesOfText() {
		List<List<String>> cases = new ArrayList<>();
		for (String vsn : List.of("1.0.0", "2.0.0")) {
			for (String topic : List.of("room:x", "vip:x", "crash:x")) {
				for (int place = 0; place < 6; place++) {
					cases.add(List.of(vsn, topic, String.valueOf(place), "\\ud83d"));
					cases.add(List.of(vsn, topic, String.valueOf(place), "a\\uDE00"));
				}
			}
		}
		return cases.stream();
	}

	@ParameterizedTest
	@MethodSource("placesOfText")
	void loneSurrogateAnywhereInAJoinEndsTheConnection(List<String> parameters) throws Exception {
		String vsn = parameters.get(0);
		String topic = parameters.get(1);
		int place = Integer.parseInt(parameters.get(2));
		String lone = parameters.get(3);
		try (HostileClient client = connect(vsn)) {
			String[] parts = { "1", "1", topic, "phx_join", "user", "m" };
			parts[place] = (place == 2) ? topic + lone : lone;
			send(client, message(vsn, parts));
			assertThat(client.end()).isEqualTo(SERVER_ERROR);
		}
		assertNobodyIsThere("room:x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void loneSurrogateInAnEventOrAHeartbeatEndsTheConnection(String vsn) throws Exception {
		for (String[] parts : new String[][] { { "1", "\\ud83d", "phoenix", "heartbeat", "a", "b" },
				{ "1", "2", "room:y", "echo", "\\ud83d", "b" }, { "1", "2", "room:y", "shout", "a", "\\udc00x" },
				{ "1", "2", "room:y", "\\ud83d", "a", "b" }, { "1", "\\ud83d", "room:y", "phx_leave", "a", "b" } }) {
			try (HostileClient client = connect(vsn)) {
				send(client, message(vsn, "1", "1", "room:y", "phx_join", "user", "m"));
				assertThat(next(client)).contains("\"ok\"");
				send(client, message(vsn, parts));
				assertThat(client.end()).isEqualTo(SERVER_ERROR);
			}
			assertNobodyIsThere("room:y");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void bytesThatAreNotUtf8EndTheConnection(String vsn) throws Exception {
		for (String bad : List.of("\u00ff", "\u00c3(", "\u00ed\u00a0\u00bd", "\u00f0\u009f")) {
			try (HostileClient client = connect(vsn)) {
				String join = message(vsn, "1", "1", "room:x", "phx_join", "user", bad);
				client.text(join.getBytes(StandardCharsets.ISO_8859_1));
				assertThat(client.end()).isEqualTo(invalidUtf8Code());
			}
			try (HostileClient client = connect(vsn)) {
				client.binary(binary("1", "1", "room:" + bad, "phx_join"));
				assertThat(client.end()).isEqualTo(SERVER_ERROR);
			}
		}
		assertNobodyIsThere("room:x");
	}

	@ParameterizedTest
	@CsvSource({ "1.0.0,vip:x", "2.0.0,vip:x", "1.0.0,crash:x", "2.0.0,crash:x" })
	void refusedJoinRunsNoHandlerAfterwards(String vsn, String topic) throws Exception {
		try (HostileClient client = connect(vsn)) {
			for (int i = 0; i < 3; i++) {
				send(client, message(vsn, "1", "1", topic, "phx_join", "user", "m"));
				send(client, message(vsn, "1", "2", topic, "say", "a", "b"));
				assertThat(next(client)).contains("\"error\"");
				assertThat(next(client)).contains("unmatched topic");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "{", "[", "[]", "{}", "null", "1", "\"a\"", "[1,2,3,4]",
			"[null,null,\"a\",\"b\"]", "[null,null,\"a\",\"b\",{}", "[null,null,\"a\",\"b\",{}]]",
			"[null,null,\"a\",\"b\",{}],1", "[null,null,\"a\",\"b\",{\"a\":}]", "[null,1e99999999999,\"a\",\"b\",{}]",
			"[null,NaN,\"a\",\"b\",{}]", "{\"topic\":\"a\",\"event\":\"b\",\"ref\":null}",
			"[null,\"\\x\",\"a\",\"b\",{}]", "[null,\"\\u12\",\"a\",\"b\",{}]", "[null,\"a\nb\",\"a\",\"b\",{}]" })
	void malformedMessageEndsTheConnection(String text) throws Exception {
		for (String vsn : List.of("1.0.0", "2.0.0")) {
			try (HostileClient client = connect(vsn)) {
				send(client, text);
				assertThat(client.end()).isEqualTo(SERVER_ERROR);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void payloadMayNest500DeepAndNoDeeper(String vsn) throws Exception {
		String deep = "[".repeat(499) + "]".repeat(499);
		try (HostileClient client = connect(vsn)) {
			send(client, message(vsn, "1", "1", "room:deep", "phx_join", "a", "b"));
			assertThat(next(client)).contains("\"ok\"");
			send(client, message(vsn, "1", "2", "room:deep", "echo", "{\"a\":" + deep + "}"));
			assertThat(client.next()).contains(deep).contains("\"ok\"");
			send(client, message(vsn, "1", "3", "room:deep", "echo", "{\"a\":[" + deep + "]}"));
			assertThat(client.end()).isEqualTo(SERVER_ERROR);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void noOtherEncodingIsGuessed(String vsn, CapturedOutput log) throws Exception {
		for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
			try (HostileClient client = connect(vsn)) {
				client.text(message(vsn, "1", "\\ud83d", "room:wide", "phx_join", "user", "m").getBytes(charset));
				assertThat(client.end()).isEqualTo(SERVER_ERROR);
			}
		}
		assertNobodyIsThere("room:wide");
		assertThat(log).doesNotContain("\tat ");
	}

	@Test
	void endlesslyNestedMessageEndsTheConnection() throws Exception {
		for (String open : List.of("[", "{\"a\":", "[null,null,\"a\",\"b\",[")) {
			try (HostileClient client = connect("2.0.0")) {
				send(client, open.repeat(20_000));
				assertThat(client.end()).isEqualTo(SERVER_ERROR);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void namesThatAreTooLongAreRefusedAndNotStored(String vsn) throws Exception {
		String tooLong = "x".repeat(256);
		long before = count(ChannelLimit.NAME_SIZE);
		try (HostileClient client = connect(vsn)) {
			send(client, message(vsn, "1", "1", "room:" + tooLong, "phx_join", "user", "m"));
			assertThat(next(client)).contains("{\"reason\":\"topic too long\"}");
			send(client, message(vsn, "1", tooLong, "room:long", "phx_join", "user", "m"));
			assertThat(next(client)).contains("{\"reason\":\"ref too long\"}");
			send(client, message(vsn, "x".repeat(300_000), "1", "room:long", "phx_join", "user", "m"));
			assertThat(next(client)).contains("{\"reason\":\"ref too long\"}");
			send(client, message(vsn, "1", "1", "room:long", "phx_join", "a", "b"));
			assertThat(next(client)).contains("\"ok\"");
			send(client, message(vsn, "1", "2", "room:long", tooLong, "a", "b"));
			assertThat(next(client)).contains("{\"reason\":\"event too long\"}");
			send(client, message(vsn, "1", "2", "room:long", "echo", "a", "b"));
			assertThat(next(client)).contains("{\"a\":\"b\"}").contains("\"ok\"");
			assertThat(count(ChannelLimit.NAME_SIZE) - before).isEqualTo(4);
		}
		assertNobodyIsThere("room:long");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void largeMessagesForABlockedHandlerAreRefusedAboveTheLimit(String vsn) throws Exception {
		HostileRooms.Room room = this.context.getBean(HostileRooms.Room.class);
		long before = count(ChannelLimit.MAX_PENDING_SIZE);
		room.blocked.drainPermits();
		try (HostileClient client = connect(vsn)) {
			send(client, message(vsn, "1", "1", "room:block", "phx_join", "a", "b"));
			assertThat(next(client)).contains("\"ok\"");
			send(client, message(vsn, "1", "2", "room:block", "block", "a", "b"));
			await().atMost(Duration.ofSeconds(20)).until(room.blocked::hasQueuedThreads);
			for (int i = 0; i < 20; i++) {
				send(client, message(vsn, "1", "m" + i, "room:block", "quiet", "a", "x".repeat(500_000)));
			}
			for (int i = 4; i < 20; i++) {
				assertThat(next(client)).contains("\"m" + i + "\"").contains("overloaded");
			}
			assertThat(count(ChannelLimit.MAX_PENDING_SIZE) - before).isEqualTo(16);
			room.blocked.release();
			send(client, message(vsn, "1", "2", "phoenix", "heartbeat", "a", "b"));
			assertThat(next(client)).contains("\"ok\"");
		}
		finally {
			room.blocked.release(room.blocked.getQueueLength());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void clientCannotForgeALogLine(String vsn, CapturedOutput log) throws Exception {
		String forged = "x\\r\\nFORGED\\u001b[2J";
		try (HostileClient client = connect(vsn)) {
			send(client, message(vsn, "1", forged, "forgery:" + forged + "refused", "phx_join", "a", "b"));
			assertThat(next(client)).contains("join crashed");
			for (String[] parts : new String[][] { { "1", "2", "room:" + forged, forged, "a", "b" },
					{ "1", "2", "room:" + forged, "phx_" + forged, "a", "b" },
					{ "1", "2", "forgery:" + forged, "fail", "a", forged } }) {
				send(client, message(vsn, "1", "1", parts[2], "phx_join", "a", "b"));
				assertThat(next(client)).contains("\"ok\"");
				send(client, message(vsn, parts));
				assertThat(next(client)).contains("phx_error");
			}
			send(client, message(vsn, "1", "3", "room:" + forged + "x".repeat(300), "phx_join", "a", "b"));
			assertThat(next(client)).contains("topic too long");
		}
		assertThat(log.getOut()).contains("forgery:x??FORGED?[2J")
			.contains("room:x??FORGED?[2J")
			.contains("IllegalStateException: x??FORGED?[2J")
			.doesNotContain("\u001b[2J");
		assertThat(log.getOut().lines()).noneMatch((line) -> line.startsWith("FORGED"));
	}

	private void assertNobodyIsThere(String topic) {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.context.getBean(Presence.class).count(topic)).isZero());
	}

	protected final HostileClient connect(String vsn) throws Exception {
		return connect(((ServletWebServerApplicationContext) this.context).getWebServer().getPort(), vsn);
	}

	protected final long count(ChannelLimit limit) {
		return this.context.getBean(ChannelServer.class).limits().count(limit);
	}

	protected static void send(HostileClient client, String text) throws Exception {
		client.text(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Wait for the next message that is not about presence, and assert that it is JSON.
	 */
	protected static String next(HostileClient client) throws Exception {
		String next = client.next();
		while (next.contains("presence_")) {
			next = client.next();
		}
		JsonNode json = mapper.readTree(next);
		assertThat(json.isArray() || json.isObject()).as(next).isTrue();
		return next;
	}

	/**
	 * Encode a message in a version of the protocol.
	 * @param parts join reference, reference, topic, event, and then the name and value
	 * of a field of the payload, or the whole payload, as JSON
	 */
	protected static String message(String vsn, String... parts) {
		String payload = (parts.length == 6) ? "{\"" + parts[4] + "\":\"" + parts[5] + "\"}" : parts[4];
		if (vsn.startsWith("1")) {
			return "{\"join_ref\":\"%s\",\"ref\":\"%s\",\"topic\":\"%s\",\"event\":\"%s\",\"payload\":%s}"
				.formatted(parts[0], parts[1], parts[2], parts[3], payload);
		}
		return "[\"%s\",\"%s\",\"%s\",\"%s\",%s]".formatted(parts[0], parts[1], parts[2], parts[3], payload);
	}

	private static byte[] binary(String... strings) {
		StringBuilder message = new StringBuilder("\u0000");
		for (String string : strings) {
			message.append((char) string.length());
		}
		return (message + String.join("", strings) + "{}").getBytes(StandardCharsets.ISO_8859_1);
	}

}
