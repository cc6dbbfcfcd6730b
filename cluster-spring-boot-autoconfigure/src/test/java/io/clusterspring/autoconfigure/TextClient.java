package io.clusterspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket client of the JDK, with its cookies and headers.
 */
public final class TextClient implements WebSocket.Listener, AutoCloseable {

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<String> closed = new CompletableFuture<>();

	private final StringBuilder part = new StringBuilder();

	private WebSocket socket;

	private TextClient() {
	}

	/**
	 * Connect to a node of this machine.
	 * @param path the path and the query
	 * @return the client
	 */
	public static TextClient connect(int port, String path) {
		return connect(HttpClient.newHttpClient(), URI.create("ws://127.0.0.1:" + port + path));
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

	/** Connect a client that speaks STOMP. */
	public static TextClient stomp(int port, String path) {
		TextClient client = connect(port, path);
		client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
		client.await("CONNECTED");
		return client;
	}

	public void send(String text) {
		this.socket.sendText(text, true).join();
	}

	/** Return the next message, and forget it. */
	public String next() {
		try {
			String text = this.received.poll(20, TimeUnit.SECONDS);
			return (text != null) ? text : "nothing came";
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait until a message has come that nobody has taken.
	 * @param parts the texts that the message contains
	 */
	public void await(String... parts) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.received).anySatisfy((text) -> assertThat(text).contains(parts)));
	}

	/** Return whether a message with a text has come. */
	public boolean hasReceived(String part) {
		return this.received.stream().anyMatch((text) -> text.contains(part));
	}

	@Override
	public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
		this.part.append(data);
		if (last) {
			this.received.add(this.part.toString());
			this.part.setLength(0);
		}
		from.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
		this.closed.complete(code + " " + reason);
		return null;
	}

	@Override
	public void onError(WebSocket from, Throwable error) {
		this.closed.completeExceptionally(error);
	}

	/** Return the code and the reason of the end, when the node has closed the socket. */
	public CompletableFuture<String> closed() {
		return this.closed;
	}

	boolean isClosed() {
		return this.socket.isInputClosed();
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
