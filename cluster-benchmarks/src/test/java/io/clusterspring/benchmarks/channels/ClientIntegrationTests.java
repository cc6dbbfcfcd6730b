package io.clusterspring.benchmarks.channels;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Client} and {@link Clients} with a scripted server.
 */
class ClientIntegrationTests {

	private static final String JOINED = "[\"1\",\"1\",\"room:load0\",\"phx_reply\",{\"response\":{},\"status\":\"ok\"}]";

	@Test
	void joinsAndHearsMessagesHoweverTheyAreCutAndPushes() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> serve(server));
			assertThat(echoes(server.getLocalPort(), 3)).isEqualTo(3);
			assertThat(heard.get()).contains("GET /socket/websocket?vsn=2.0.0 ")
				.contains("[\"1\",\"1\",\"room:load0\",\"phx_join\",")
				.contains("[\"1\",\"2\",\"room:load0\",\"echo\",{\"pad\":");
		}
	}

	private static long echoes(int port, int count) throws Exception {
		try (Clients clients = new Clients()) {
			clients.join(List.of(port), 1, 1);
			Workload workload = Workload.echo(clients.all());
			clients.begin(workload);
			clients.run(Duration.ofSeconds(30), () -> workload.latencies().count() == count);
			return workload.latencies().count();
		}
	}

	private static String serve(ServerSocket server) {
		try (Socket socket = server.accept()) {
			InputStream in = socket.getInputStream();
			OutputStream out = socket.getOutputStream();
			StringBuilder heard = new StringBuilder();
			awaitText(in, heard, "\r\n\r\n");
			out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			awaitText(in, heard, "phx_join");
			out.write(frame(JOINED));
			awaitText(in, heard, "\"echo\"");
			String echo = "[\"1\",\"2\",\"room:load0\",\"phx_reply\",{\"response\":{\"sent\":1" + " ".repeat(200)
					+ "}}]";
			byte[] one = frame(echo);
			for (byte each : one) {
				out.write(each);
				out.flush();
			}
			out.write(frame(echo));
			out.write(frame(echo));
			awaitText(in, heard, "never sent");
			return heard.toString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitText(InputStream in, StringBuilder heard, String text) throws Exception {
		int next = 0;
		while (next >= 0 && heard.indexOf(text) < 0) {
			next = in.read();
			heard.append((char) next);
		}
	}

	private static byte[] frame(String text) {
		int length = text.length();
		String header = (length < 126) ? "\u0081" + (char) length
				: "\u0081\u007e" + (char) (length >> 8) + (char) (length & 0xFF);
		return (header + text).getBytes(StandardCharsets.ISO_8859_1);
	}

}
