package io.clusterspring.channel.longpoll;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long polling clients that send incomplete requests.
 */
final class SlowPosts implements AutoCloseable {

	private final List<Socket> sockets = new ArrayList<>();

	void add(int port, String token, int count) throws IOException {
		for (int i = 0; i < count; i++) {
			Socket socket = new Socket("127.0.0.1", port);
			socket.setSoTimeout(60_000);
			this.sockets.add(socket);
			write(socket, "POST /socket/longpoll?vsn=2.0.0&token=" + token + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
					+ "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n");
		}
	}

	/**
	 * Write one more byte on each connection that the server has not closed.
	 */
	void drip() {
		writeAll("1\r\n \r\n");
	}

	/**
	 * Write many bytes.
	 */
	void pour(int count) {
		for (int i = 0; i < count; i += 4096) {
			writeAll("1000\r\n" + " ".repeat(4096) + "\r\n");
		}
	}

	private void writeAll(String text) {
		for (Socket socket : this.sockets) {
			try {
				write(socket, text);
			}
			catch (IOException ex) {
				// the server has closed it
			}
		}
	}

	/**
	 * Assert that each request was answered or reset, and its connection closed.
	 */
	void assertClosed(String answer) throws IOException {
		for (Socket socket : this.sockets) {
			String read = "";
			try {
				read = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			}
			catch (SocketException ex) {
				// reset: the byte after the answer came too late
				continue;
			}
			assertThat(read).startsWith(answer);
		}
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
