package io.clusterspring.channel.longpoll;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channels;
import io.clusterspring.http.BodyWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests with more clients that do not read their answers than the web server has threads:
 * other clients are still served, and the server aborts these answers.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class SlowPollTestCases {

	private static final int STUCK = 20;

	// more than the socket buffers of one connection
	private static final int ANSWER = 12_000_000;

	private final Class<?> configuration;

	SlowPollTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	abstract int clusterPort();

	@Test
	void clientsThatDoNotReadTheirAnswersDoNotBlockOthers() throws Exception {
		List<Socket> stuck = new ArrayList<>();
		try (ConfigurableApplicationContext context = start(3)) {
			int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
			List<Poller> pollers = new ArrayList<>();
			for (int i = 0; i < STUCK; i++) {
				pollers.add(join(port, "room:slow"));
			}
			for (int i = 0; i < ANSWER / 100_000; i++) {
				context.getBean(Channels.class).broadcast("room:slow", "news", Map.of("x", "x".repeat(100_000)));
			}
			for (Poller poller : pollers) {
				stuck.add(pollWithoutReading(port, poller));
			}
			Poller other = join(port, "room:other");
			for (int i = 0; i < 10; i++) {
				other.post(port, "[\"1\",\"2\",\"room:other\",\"echo\",{\"n\":" + i + "}]");
				assertThat(other.messages(1, port).get(0)).contains("{\"n\":" + i + "}");
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> threadsThatWrite() == 0);
			assertThat(rest(stuck.get(0))).as("bytes before the server aborted the answer").isLessThan(ANSWER);
		}
		finally {
			for (Socket socket : stuck) {
				socket.close();
			}
		}
	}

	@Test
	void incompleteRequestsDoNotBlockOthersAndAreRefused(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(30, "--cluster.channels.long-poll.session-timeout=12s",
				"--cluster.channels.long-poll.poll-timeout=1s")) {
			int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
			String forged = LongPollToken.create(context.getBean(Cluster.class).self()).text();
			Poller other = join(port, "room:other");
			try (SlowPosts slow = new SlowPosts()) {
				for (String token : List.of(forged, "", Poller.open(port).token)) {
					slow.add(port, token, 2 * STUCK);
					for (int i = 0; i < 5; i++) {
						slow.drip();
						other.post(port, "[\"1\",\"2\",\"room:other\",\"echo\",{\"n\":" + i + "}]");
						assertThat(other.messages(1, port).get(0)).contains("{\"n\":" + i + "}");
					}
				}
				slow.assertClosed("HTTP/1.1 408");
			}
			try (SlowPosts endless = new SlowPosts()) {
				endless.add(port, forged, 1);
				endless.add(port, Poller.open(port).token, 1);
				endless.pour(4_000_000);
				endless.assertClosed("HTTP/1.1 413");
			}
		}
		assertThat(output).contains("its request was not complete within 12000 ms").doesNotContain("\tat ");
	}

	private static Poller join(int port, String topic) throws Exception {
		Poller poller = Poller.open(port);
		assertThat(poller.post(port, "[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{\"user\":\"u\"}]")).isEqualTo(200);
		assertThat(poller.messages(2, port).get(0)).contains("\"ok\"");
		return poller;
	}

	private static Socket pollWithoutReading(int port, Poller poller) throws Exception {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		socket.setSoTimeout(20_000);
		URI uri = poller.request(port).build().uri();
		String request = "GET " + uri.getRawPath() + "?" + uri.getRawQuery() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static long rest(Socket socket) throws Exception {
		long count = 0;
		byte[] bytes = new byte[65_536];
		InputStream in = socket.getInputStream();
		try {
			for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
				count += read;
			}
		}
		catch (SocketException ex) {
			// reset: bytes in transit are lost
		}
		return count;
	}

	private static long threadsThatWrite() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> List.of(stack)
				.stream()
				.anyMatch((element) -> element.getClassName().startsWith(BodyWriter.class.getName())))
			.count();
	}

	private ConfigurableApplicationContext start(int idle, String... more) {
		return new SpringApplication(LongPollTestCases.Application.class, this.configuration)
			.run(StringUtils.concatenateStringArrays(more,
					new String[] { "--server.port=0", "--cluster.name=" + getClass().getSimpleName(),
							"--cluster.port=" + clusterPort(), "--server.tomcat.threads.max=6",
							"--server.jetty.threads.max=12", "--server.tomcat.connection-timeout=" + idle + "s",
							"--server.jetty.connection-idle-timeout=" + idle + "s",
							"--cluster.channels.long-poll.buffer-capacity=32MB", "--cluster.max-payload-size=32MB" }));
	}

}
