package io.clusterspring.upgrade;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket client, which speaks the channels' protocol or STOMP by hand.
 */
final class UpgradeClient implements WebSocket.Listener, AutoCloseable {

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final StringBuilder part = new StringBuilder();

	private final WebSocket socket;

	private UpgradeClient(int port, String path) {
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
			.join();
	}

	static UpgradeClient join(UpgradeProcess node, String user) {
		UpgradeClient client = new UpgradeClient(node.port(), "/socket/websocket?vsn=2.0.0");
		client.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{\"user\":\"" + user + "\"}]");
		client.await("\"phx_reply\"", "\"status\":\"ok\"");
		return client;
	}

	void say(String text) {
		send("[\"1\",\"2\",\"room:1\",\"say\",{\"text\":\"" + text + "\"}]");
	}

	static UpgradeClient stomp(UpgradeProcess node, String user) {
		UpgradeClient client = new UpgradeClient(node.port(), "/ws?" + user);
		client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
		client.await("CONNECTED");
		client.subscribe("topic", "/topic/a");
		client.subscribe("mail", "/user/queue/mail");
		return client;
	}

	private void subscribe(String id, String destination) {
		send("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\nreceipt:" + id + "\n\n\0");
		await("RECEIPT", "receipt-id:" + id);
	}

	void publish(String text) {
		send("SEND\ndestination:/topic/a\n\n" + text + "\0");
	}

	private void send(String text) {
		this.socket.sendText(text, true).join();
	}

	/**
	 * Wait until a message has come.
	 * @param parts what is in it
	 */
	void await(String... parts) {
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.received).anySatisfy((text) -> assertThat(text).contains(parts)));
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
	public void close() {
		this.socket.abort();
	}

}
