package io.clusterspring.samples.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Many people in one room, each with a socket.
 */
final class Crowd implements AutoCloseable {

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<WebSocket> sockets = new ArrayList<>();

	Crowd(ChatNode node, String room, int size) {
		URI uri = URI.create(node.url().replace("http", "ws") + "/socket/websocket?vsn=2.0.0");
		for (int i = 0; i < size; i++) {
			WebSocket socket = this.http.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {
			}).join();
			this.sockets.add(socket);
			socket
				.sendText(
						"[\"1\",\"1\",\"room:" + room + "\",\"phx_join\",{\"user\":\"Benedict the Elder " + i + "\"}]",
						true)
				.join();
		}
	}

	int size() {
		return this.sockets.size();
	}

	@Override
	public void close() {
		this.sockets.forEach(WebSocket::abort);
	}

}
