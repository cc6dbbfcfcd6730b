package io.clusterspring.channel.websocket;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.server.ChannelServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for all implementations of WebSocket connections, against a real server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChannelEndpointTestCases {

	private static final String PATH = "/socket/websocket?vsn=2.0.0";

	private final Class<?> configuration;

	private ConfigurableApplicationContext context;

	private int port;

	ChannelEndpointTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	@BeforeAll
	void start() {
		SpringApplication application = new SpringApplication(Application.class, this.configuration);
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--cluster.port=" + clusterPort(),
				"--cluster.name=" + getClass().getSimpleName(), "--cluster.channels.outbox-capacity=256KB",
				"--cluster.channels.max-message-size=100KB"));
		arguments.addAll(arguments());
		this.context = application.run(arguments.toArray(String[]::new));
		this.port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	abstract int clusterPort();

	List<String> arguments() {
		return List.of();
	}

	String scheme() {
		return "http";
	}

	Socket socket() throws Exception {
		return new Socket();
	}

	private RawClient open(String path, int receiveBuffer, String... headers) throws Exception {
		return new RawClient(socket(), this.port, path, receiveBuffer, headers);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void joinsEchoesAndLeaves() throws Exception {
		try (RawClient client = join("room:a")) {
			client.text("[\"1\",\"2\",\"room:a\",\"echo\",{\"a\":1.50,\"é\":\"✓\"}]");
			assertThat(client.next()).isEqualTo(
					"[\"1\",\"2\",\"room:a\",\"phx_reply\",{\"response\":{\"a\":1.50,\"é\":\"✓\"},\"status\":\"ok\"}]");
			client.text("[\"1\",\"3\",\"room:a\",\"phx_leave\",{}]");
			assertThat(client.next())
				.isEqualTo("[\"1\",\"3\",\"room:a\",\"phx_reply\",{\"response\":{},\"status\":\"ok\"}]");
			assertThat(client.next()).isEqualTo("[\"1\",\"1\",\"room:a\",\"phx_close\",{}]");
		}
	}

	@Test
	void speaksVersion1WithoutAVersionParameter() throws Exception {
		try (RawClient client = open("/socket/websocket", 0)) {
			client.text("{\"topic\":\"room:v1\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"1\"}");
			assertThat(client.next())
				.isEqualTo("{\"event\":\"phx_reply\",\"payload\":{\"response\":{},\"status\":\"ok\"},\"ref\":\"1\","
						+ "\"topic\":\"room:v1\"}");
			client.frame(0x82,
					"{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"2\"}".getBytes());
			assertThat(client.next()).contains("\"ref\":\"2\"");
			client.frame(0x82, new byte[] { 0, 0, 0, 0, 0 });
			assertThat(client.closeCode()).isEqualTo(1011);
		}
	}

	@Test
	void carriesBinaryMessagesInBothDirections() throws Exception {
		byte[] payload = new byte[70_000];
		new Random(7).nextBytes(payload);
		try (RawClient client = join("room:binary")) {
			byte[] push = ByteBuffer.allocate(22 + payload.length)
				.put("\u0000\u0001\u0001\u000b\u000412room:binaryecho".getBytes())
				.put(payload)
				.array();
			client.frame(0x02, Arrays.copyOf(push, 30_000));
			client.frame(0x80, Arrays.copyOfRange(push, 30_000, push.length));
			String head = HexFormat.of().formatHex("\u0001\u0001\u0001\u000b\u000212room:binaryok".getBytes());
			assertThat(client.next()).isEqualTo("binary " + head + HexFormat.of().formatHex(payload));
		}
	}

	@Test
	void closesOnMalformedOrTooLongBinaryMessages() throws Exception {
		try (RawClient broken = connect(); RawClient empty = connect(); RawClient large = connect()) {
			broken.frame(0x82, new byte[] { 3, 0, 0, 0, 0, 0 });
			assertThat(broken.closeCode()).isEqualTo(1011);
			empty.frame(0x82, new byte[0]);
			assertThat(empty.closeCode()).isEqualTo(1011);
			large.frame(0x82, new byte[110_000]);
			assertThat(large.closeCode()).isIn(1009, 1006);
		}
	}

	@Test
	void answersPingsAndConfirmsClosesWith1000() throws Exception {
		try (RawClient client = connect()) {
			client.frame(0x89, "abc".getBytes());
			assertThat(client.next()).isEqualTo("pong abc");
			client.frame(0x88, new byte[] { 0x0F, (byte) 0xA0 });
			assertThat(client.next()).isIn("close 1000", "close 4000");
			assertThat(client.isAtEnd()).isTrue();
		}
	}

	@Test
	void closesASocketAtItsMomentAndTellsItsClientBefore() throws Exception {
		try (RawClient client = open(PATH + "&millis=2500", 0)) {
			assertThat(client.next())
				.matches("\\[null,null,\"phoenix\",\"expiring\",\\{\"at\":\\d{13},\"in\":\\d{1,4}}]");
			assertThat(client.closeCode()).isEqualTo(3000);
			assertThat(client.closeReason).isEqualTo("expired");
		}
	}

	@Test
	void socketWhoseRightIsRefreshedStaysOpen() throws Exception {
		try (RawClient client = open(PATH + "&millis=2500", 0); RawClient other = open(PATH + "&millis=2500", 0)) {
			client.text("[null,\"1\",\"phoenix\",\"refresh\",{\"params\":{\"millis\":3600000}}]");
			assertThat(other.closeCode()).isEqualTo(3000);
			client.text("[\"1\",\"1\",\"room:fresh\",\"phx_join\",{}]");
			String all = client.next() + client.next() + client.next();
			assertThat(all).contains("[null,\"1\",\"phoenix\",\"phx_reply\",{\"response\":{\"at\":", "room:fresh");
		}
	}

	@Test
	void momentThatIsOverIsRefused() throws Exception {
		try (RawClient client = open(PATH + "&millis=0", 0)) {
			assertThat(client.response).startsWith("HTTP/1.1 403");
		}
	}

	@Test
	void putsFragmentsTogether() throws Exception {
		try (RawClient client = connect()) {
			client.frame(0x01, "[null,\"1\",\"pho".getBytes());
			client.frame(0x89, "p".getBytes());
			client.frame(0x00, "enix\",\"heart".getBytes());
			client.frame(0x80, "beat\",{}]".getBytes());
			assertThat(client.next()).isEqualTo("pong p");
			assertThat(client.next())
				.isEqualTo("[null,\"1\",\"phoenix\",\"phx_reply\",{\"response\":{},\"status\":\"ok\"}]");
		}
	}

	@Test
	void carriesLongMessagesInBothDirections() throws Exception {
		try (RawClient client = join("room:long")) {
			String payload = "{\"x\":\"" + "é".repeat(40_000) + "\"}";
			client.text("[\"1\",\"2\",\"room:long\",\"echo\"," + payload + "]");
			assertThat(client.next()).isEqualTo(
					"[\"1\",\"2\",\"room:long\",\"phx_reply\",{\"response\":" + payload + ",\"status\":\"ok\"}]");
		}
	}

	@Test
	void closesOnMessagesThatAreTooLong() throws Exception {
		try (RawClient client = connect()) {
			client.text("[" + " ".repeat(110_000) + "]");
			assertThat(client.closeCode()).isIn(1009, 1006);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "", "{}", "null", "5", "[1,2,3]" })
	void closesOnMalformedMessages(String text) throws Exception {
		try (RawClient client = connect()) {
			client.text(text);
			assertThat(client.closeCode()).isEqualTo(1011);
		}
	}

	@Test
	void closesOnUnmaskedFrames() throws Exception {
		try (RawClient client = connect()) {
			client.send(new byte[] { (byte) 0x81, 1, '5' }, 3);
			assertThat(client.closeCode()).isEqualTo(1002);
		}
	}

	@Test
	void closesOnTextThatIsNotUtf8() throws Exception {
		try (RawClient client = connect()) {
			client.frame(0x81, new byte[] { '"', (byte) 0xC3, '"' });
			assertThat(client.closeCode()).isEqualTo(1007);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.1.0", "9.0.0", "2", "abc", "", "1.1.0", "0.9.0" })
	void refusesOtherVersions(String vsn) throws Exception {
		try (RawClient client = open("/socket/websocket?vsn=" + vsn, 0)) {
			assertThat(client.response).startsWith("HTTP/1.1 403").containsIgnoringCase("content-length: 0");
		}
	}

	@Test
	void acceptsPagesOfTheSameOriginOnly() throws Exception {
		try (RawClient own = open(PATH, 0, "Origin: " + scheme() + "://127.0.0.1:" + this.port + "\r\n");
				RawClient foreign = open(PATH, 0, "Origin: https://evil.example\r\n")) {
			assertThat(own.response).startsWith("HTTP/1.1 101");
			assertThat(foreign.response).startsWith("HTTP/1.1 403");
		}
	}

	@Test
	void choosesNoSubprotocol() throws Exception {
		try (RawClient client = connect("Sec-WebSocket-Protocol: phoenix\r\n")) {
			assertThat(client.response).containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
				.doesNotContainIgnoringCase("sec-websocket-protocol");
		}
	}

	@Test
	void aClientThatDoesNotReadLosesItsOwnConnectionOnly() throws Exception {
		Channels channels = this.context.getBean(Channels.class);
		ChannelServer server = this.context.getBean(ChannelServer.class);
		long mostWaiting = 0;
		String padding = "x".repeat(10_000);
		try (RawClient reader = join("room:slow"); RawClient stuck = join("room:slow", 4096)) {
			List<String> read = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				channels.broadcast("room:slow", "tick", new Tick(i, padding));
				read.add(reader.next());
				mostWaiting = Math.max(mostWaiting, server.statistics().outboxBytes());
			}
			assertThat(mostWaiting).as("waiting bytes are counted").isPositive();
			assertThat(read).allSatisfy((text) -> assertThat(text).contains("\"tick\""));
			assertThat(read.get(999)).contains("\"n\":999,");
			assertThat(stuck.closeCode()).isIn(1008, 1006);
		}
	}

	@Test
	void manyClientsThatDoNotReadDoNotBlockOthers() throws Exception {
		Channels channels = this.context.getBean(Channels.class);
		List<RawClient> stuck = new ArrayList<>();
		try (RawClient reader = join("room:stuck")) {
			for (int i = 0; i < 20; i++) {
				stuck.add(join("room:stuck", 4096));
			}
			Tick tick = new Tick(1, "x".repeat(10_000));
			for (int i = 0; i < 500; i++) {
				channels.broadcast("room:stuck", "tick", tick);
				assertThat(reader.next()).contains("\"tick\"");
			}
			reader.text("[\"1\",\"2\",\"room:stuck\",\"echo\",{}]");
			assertThat(reader.next()).contains("phx_reply");
		}
		finally {
			for (RawClient client : stuck) {
				client.close();
			}
		}
	}

	RawClient connect(String... headers) throws Exception {
		RawClient client = open(PATH, 0, headers);
		assertThat(client.response).startsWith("HTTP/1.1 101");
		return client;
	}

	private RawClient join(String topic) throws Exception {
		return join(topic, 0);
	}

	private RawClient join(String topic, int receiveBuffer) throws Exception {
		RawClient client = open(PATH, receiveBuffer);
		client.text("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
		assertThat(client.next())
			.isEqualTo("[\"1\",\"1\",\"" + topic + "\",\"phx_reply\",{\"response\":{},\"status\":\"ok\"}]");
		return client;
	}

	record Tick(int n, String padding) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Room.class)
	static class Application {

		@Bean
		SocketAuthorizer authorizer() {
			return (request) -> {
				String millis = request.parameter("millis");
				return (millis != null)
						? SocketAuthorization.accept().until(Instant.now().plusMillis(Long.parseLong(millis)))
						: SocketAuthorization.accept();
			};
		}

	}

	@ChannelController("room:{room}")
	static class Room {

		@OnEvent("echo")
		ChannelPayload echo(Channel channel, ChannelPayload payload) {
			return payload;
		}

	}

}
