package io.clusterspring.http.publish;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A request to publish, byte by byte.
 */
final class RawPost implements AutoCloseable {

	private final Socket socket;

	private final boolean chunked;

	RawPost(int port, String header) throws IOException {
		this.socket = new Socket("127.0.0.1", port);
		this.socket.setSoTimeout(60_000);
		this.chunked = header.contains("chunked");
		write("POST /cluster/topics/room:9 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
				+ "Content-Type: application/json\r\n" + header + "\r\n\r\n");
	}

	void write(String text) throws IOException {
		write(text.getBytes(StandardCharsets.US_ASCII));
	}

	void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	/**
	 * Write until the server does not take more.
	 * @return the number of bytes that it has taken
	 */
	int pour(int most) {
		String part = " ".repeat(4096);
		String written = this.chunked ? "1000\r\n" + part + "\r\n" : part;
		for (int count = 0; count < most; count += 4096) {
			try {
				write(written);
			}
			catch (IOException ex) {
				return count;
			}
		}
		return most;
	}

	String answer() throws IOException {
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	/** The answer may be lost with the connection, because the client still writes. */
	String answerIfNotReset() throws IOException {
		try {
			return answer();
		}
		catch (SocketException ex) {
			return "HTTP/1.1 413";
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
