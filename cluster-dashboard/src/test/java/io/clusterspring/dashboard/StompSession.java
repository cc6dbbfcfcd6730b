package io.clusterspring.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A STOMP session with one subscription.
 */
final class StompSession implements AutoCloseable, WebSocket.Listener {

	private WebSocket socket;

	private final CompletableFuture<Void> connected = new CompletableFuture<>();

	static StompSession open(int port, String destination) {
		StompSession session = new StompSession();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + "/stomp"), session)
			.join();
		socket.sendText("CONNECT\naccept-version:1.2\nhost:test\n\n\0", true).join();
		session.connected.join();
		socket.sendText("SUBSCRIBE\nid:1\ndestination:" + destination + "\n\n\0", true).join();
		session.socket = socket;
		return session;
	}

	boolean isConnected() {
		return this.connected.isDone();
	}

	@Override
	public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
		this.connected.complete(null);
		from.request(1);
		return null;
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
