package io.clusterspring.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Phoenix client that has joined one topic.
 */
public final class PhoenixReader implements WebSocket.Listener, AutoCloseable {

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final StringBuilder part = new StringBuilder();

	private final WebSocket socket;

	private PhoenixReader(int port) {
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket/websocket?vsn=2.0.0"), this)
			.join();
	}

	/**
	 * Join a topic.
	 * @param port the port of the node
	 * @param topic the topic
	 * @return the client, when it has joined
	 */
	public static PhoenixReader join(int port, String topic) throws InterruptedException {
		PhoenixReader reader = new PhoenixReader(port);
		reader.socket.sendText("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]", true).join();
		assertThat(reader.next()).contains("phx_reply", "\"ok\"");
		return reader;
	}

	/**
	 * Return the next message.
	 * @return the message as it came
	 */
	public String next() throws InterruptedException {
		String text = this.received.poll(20, TimeUnit.SECONDS);
		return (text != null) ? text : "nothing came";
	}

	@Override
	public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.part.append(data);
		if (last) {
			this.received.add(this.part.toString());
			this.part.setLength(0);
		}
		socket.request(1);
		return null;
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
