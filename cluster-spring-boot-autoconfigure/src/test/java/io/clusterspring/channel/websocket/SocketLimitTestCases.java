package io.clusterspring.channel.websocket;

import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.channel.Channels;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.server.ChannelServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for clients that exceed a limit of their transport or send malformed data,
 * against a real server. Another client stays connected and must not be affected.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SocketLimitTestCases {

	private static final String PATH = "/socket/websocket?vsn=2.0.0";

	private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";

	private static final int FUZZED = 300;

	private final Class<?> configuration;

	private ConfigurableApplicationContext context;

	private ChannelServer server;

	private int port;

	SocketLimitTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	@BeforeAll
	void start() {
		// a client that reads is in time although the machine is busy
		SpringApplication application = new SpringApplication(ChannelEndpointTestCases.Application.class,
				this.configuration);
		this.context = application.run("--server.port=0", "--cluster.port=" + clusterPort(),
				"--cluster.name=" + getClass().getSimpleName(), "--cluster.channels.idle-timeout=10s",
				"--cluster.channels.outbox-timeout=8s", "--cluster.channels.outbox-capacity=64MB",
				"--cluster.channels.max-message-size=64KB", "--cluster.channels.handshakes-per-second=0");
		this.server = this.context.getBean(ChannelServer.class);
		this.port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	abstract int clusterPort();

	/**
	 * Return whether the API of the server reports pings.
	 */
	abstract boolean seesPings();

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void onlySilentClientsAreClosed() throws Exception {
		long before = count(ChannelLimit.IDLE_TIMEOUT);
		try (RawClient heartbeats = connect(); RawClient pings = connect()) {
			CompletableFuture<Integer> silent = closeCode(connect());
			RawClient halfOpen = connect();
			halfOpen.send(new byte[] { (byte) 0x81, (byte) 0xFE, 10 }, 3);
			CompletableFuture<Integer> half = closeCode(halfOpen);
			await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(300)).until(() -> {
				heartbeats.text(HEARTBEAT);
				assertThat(heartbeats.next()).contains("phx_reply");
				if (seesPings()) {
					pings.frame(0x89, "p".getBytes());
					assertThat(pings.next()).isEqualTo("pong p");
				}
				return silent.isDone() && half.isDone();
			});
			assertThat(silent.join()).isEqualTo(1002);
			assertThat(half.join()).isEqualTo(1002);
			assertThat(count(ChannelLimit.IDLE_TIMEOUT) - before).isEqualTo(seesPings() ? 2 : 3);
		}
	}

	@Test
	void clientIsClosedIfAFrameWaitsTooLong() throws Exception {
		Channels channels = this.context.getBean(Channels.class);
		String padding = "x".repeat(20_000);
		try (ManyClients clients = new ManyClients(this.port, "room:old")) {
			ManyClients.Client reader = clients.add(0);
			ManyClients.Client stuck = clients.add(4096);
			await().atMost(Duration.ofSeconds(20)).until(() -> reader.joined && stuck.joined);
			clients.setReading(stuck, false);
			for (int i = 0; i < 800; i++) {
				channels.broadcast("room:old", "tick", new ChannelEndpointTestCases.Tick(i, padding));
			}
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				clients.beat();
				return count(ChannelLimit.OUTBOX_TIMEOUT) == 1;
			});
			clients.setReading(stuck, true);
			await().atMost(Duration.ofSeconds(30)).until(() -> stuck.closeCode != 0);
			assertThat(stuck.closeCode).isIn(1008, 1006);
			await().atMost(Duration.ofSeconds(30)).until(() -> reader.received == 800);
			assertThat(reader.trouble).isEmpty();
			assertThat(count(ChannelLimit.OUTBOX_CAPACITY)).isZero();
		}
	}

	@Test
	void tooLargeFramesAndFragmentedMessagesAreCounted() throws Exception {
		long before = count(ChannelLimit.MAX_MESSAGE_SIZE);
		try (RawClient frame = connect(); RawClient fragments = connect()) {
			frame.frame(0x81, new byte[70_000]);
			assertThat(frame.closeCode()).isIn(1009, 1006);
			fragments.frame(0x01, new byte[30_000]);
			fragments.frame(0x00, new byte[30_000]);
			fragments.frame(0x00, new byte[30_000]);
			assertThat(fragments.closeCode()).isIn(1009, 1006);
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(count(ChannelLimit.MAX_MESSAGE_SIZE) - before).isEqualTo(2));
		}
	}

	@Test
	void malformedDataClosesOnlyItsOwnConnectionAndRetainsNothing() throws Exception {
		Random random = new Random(20_261_122);
		TreeMap<Integer, Integer> codes = new TreeMap<>();
		await().atMost(Duration.ofSeconds(20)).until(() -> this.server.drainable().size() == 0);
		long heap = heap();
		try (RawClient other = connect()) {
			other.text("[\"1\",\"1\",\"room:fuzz\",\"phx_join\",{}]");
			assertThat(other.next()).contains("\"ok\"");
			for (int i = 0; i < FUZZED; i++) {
				codes.merge(sendNonsense(i, random), 1, Integer::sum);
				other.text("[\"1\",\"" + i + "\",\"room:fuzz\",\"echo\",{\"i\":" + i + "}]");
				assertThat(other.next()).contains("{\"response\":{\"i\":" + i + "}");
			}
			await().atMost(Duration.ofSeconds(20)).until(() -> this.server.drainable().size() == 1);
		}
		assertThat(codes.keySet()).as("%s", codes).isSubsetOf(Set.of(1000, 1002, 1003, 1006, 1007, 1009, 1011));
		assertThat(codes.keySet()).as("%s", codes).contains(1002, 1011);
		assertThat(heap() - heap).as("retained bytes").isLessThan(40_000_000);
	}

	private int sendNonsense(int i, Random random) throws Exception {
		try (RawClient client = connect()) {
			for (byte[] bytes : nonsense(i % 8, random)) {
				client.send(bytes, bytes.length);
			}
			client.endOutput();
			return client.closeCode();
		}
		catch (SocketException ex) {
			// the server has closed the connection
			return 1006;
		}
	}

	private static List<byte[]> nonsense(int kind, Random random) {
		byte[] noise = new byte[1 + random.nextInt(5000)];
		random.nextBytes(noise);
		String join = "[\"1\",\"1\",\"room:fuzz\",\"phx_join\",{}]";
		return switch (kind) {
			case 0 -> List.of(noise);
			case 1 -> List.of(ClientFrames.frame(0x80 | random.nextInt(16), noise));
			case 2 -> List.of(ClientFrames.text(new String(noise, StandardCharsets.ISO_8859_1)));
			case 3 -> List.of(flip(ClientFrames.text(join), random), noise);
			case 4 -> List.of(ClientFrames.header(0x81, random.nextLong()), noise);
			case 5 -> {
				byte[] frame = ClientFrames.text(join);
				yield List.of(Arrays.copyOf(frame, random.nextInt(frame.length)));
			}
			case 6 -> List.of(ClientFrames.frame(0x01, noise), ClientFrames.frame(0x00), ClientFrames.frame(0x00),
					ClientFrames.frame(random.nextInt(16), noise));
			default -> List.of(ClientFrames.text(join.replace("room:fuzz", "x".repeat(random.nextInt(60_000)))),
					ClientFrames.text("[".repeat(1 + random.nextInt(50_000))));
		};
	}

	private static byte[] flip(byte[] bytes, Random random) {
		for (int i = 0; i < 3; i++) {
			bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return bytes;
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private long count(ChannelLimit limit) {
		return this.server.limits().count(limit);
	}

	private static CompletableFuture<Integer> closeCode(RawClient client) {
		return CompletableFuture.supplyAsync(() -> {
			try (client) {
				return client.closeCode();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private RawClient connect() throws Exception {
		RawClient client = new RawClient(this.port, PATH, 0);
		assertThat(client.response).startsWith("HTTP/1.1 101");
		return client;
	}

}
