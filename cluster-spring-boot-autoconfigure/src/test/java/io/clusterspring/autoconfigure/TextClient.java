package io.clusterspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket client of the JDK, with its cookies and headers.
 */
final class TextClient implements WebSocket.Listener, AutoCloseable {

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final StringBuilder part = new StringBuilder();

	private WebSocket socket;

	private TextClient() {
	}

	static TextClient connect(HttpClient http, URI uri, String... headers) {
		TextClient client = new TextClient();
		WebSocket.Builder builder = http.newWebSocketBuilder();
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		client.socket = builder.buildAsync(uri, client).join();
		return client;
	}

	void send(String text) {
		this.socket.sendText(text, true).join();
	}

	String next() throws InterruptedException {
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

	boolean isClosed() {
		return this.socket.isInputClosed();
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
