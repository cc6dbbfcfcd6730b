package io.clusterspring.aot;

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
final class AotClient implements WebSocket.Listener, AutoCloseable {

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final StringBuilder part = new StringBuilder();

	private final WebSocket socket;

	private int sent;

	private AotClient(int port, String path) {
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
			.join();
	}

	static AotClient phoenix(int port) {
		return new AotClient(port, "/socket/websocket?vsn=2.0.0");
	}

	static AotClient stomp(int port, String topic) {
		AotClient client = new AotClient(port, "/ws");
		client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
		client.await("CONNECTED");
		client.send("SUBSCRIBE\nid:1\ndestination:" + topic + "\n\n\0");
		return client;
	}

	/**
	 * Push an event to {@code room:1} and wait for what comes.
	 * @param event the event
	 * @param payload the payload, as JSON
	 * @param parts what is in the message that comes
	 */
	void push(String event, String payload, String... parts) {
		send("[\"1\",\"" + ++this.sent + "\",\"room:1\",\"" + event + "\"," + payload + "]");
		await(parts);
	}

	void send(String text) {
		this.socket.sendText(text, true).join();
	}

	void await(String... parts) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.received).anySatisfy((text) -> assertThat(text).contains(parts)));
	}

	boolean hasReceived(String part) {
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
	public void close() {
		this.socket.abort();
	}

}
