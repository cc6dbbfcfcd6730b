package io.clusterspring.aot;

import io.clusterspring.autoconfigure.TextClient;

/**
 * A WebSocket client, which speaks the channels' protocol or STOMP by hand.
 */
final class AotClient implements AutoCloseable {

	private final TextClient client;

	private int sent;

	private AotClient(TextClient client) {
		this.client = client;
	}

	static AotClient phoenix(int port) {
		return new AotClient(TextClient.connect(port, "/socket/websocket?vsn=2.0.0"));
	}

	static AotClient stomp(int port, String topic) {
		TextClient client = TextClient.stomp(port, "/ws");
		client.send("SUBSCRIBE\nid:1\ndestination:" + topic + "\n\n\0");
		return new AotClient(client);
	}

	/**
	 * Push an event to {@code room:1} and wait for a message.
	 * @param payload the payload, as JSON
	 * @param parts the texts that the message contains
	 */
	void push(String event, String payload, String... parts) {
		send("[\"1\",\"" + ++this.sent + "\",\"room:1\",\"" + event + "\"," + payload + "]");
		await(parts);
	}

	void send(String text) {
		this.client.send(text);
	}

	void await(String... parts) {
		this.client.await(parts);
	}

	boolean hasReceived(String part) {
		return this.client.hasReceived(part);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
