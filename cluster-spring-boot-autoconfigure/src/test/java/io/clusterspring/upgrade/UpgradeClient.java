package io.clusterspring.upgrade;

import io.clusterspring.autoconfigure.TextClient;

/**
 * A WebSocket client, which speaks the channels' protocol or STOMP by hand.
 */
record UpgradeClient(TextClient client) implements AutoCloseable {

	static UpgradeClient join(UpgradeProcess node, String user) {
		TextClient client = TextClient.connect(node.port(), "/socket/websocket?vsn=2.0.0");
		client.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{\"user\":\"" + user + "\"}]");
		client.await("\"phx_reply\"", "\"status\":\"ok\"");
		return new UpgradeClient(client);
	}

	void say(String text) {
		this.client.send("[\"1\",\"2\",\"room:1\",\"say\",{\"text\":\"" + text + "\"}]");
	}

	static UpgradeClient stomp(UpgradeProcess node, String user) {
		UpgradeClient client = new UpgradeClient(TextClient.stomp(node.port(), "/ws?" + user));
		client.subscribe("topic", "/topic/a");
		client.subscribe("mail", "/user/queue/mail");
		return client;
	}

	private void subscribe(String id, String destination) {
		this.client.send("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\nreceipt:" + id + "\n\n\0");
		await("RECEIPT", "receipt-id:" + id);
	}

	void publish(String text) {
		this.client.send("SEND\ndestination:/topic/a\n\n" + text + "\0");
	}

	/**
	 * Wait until a message has come.
	 * @param parts the texts that the message contains
	 */
	void await(String... parts) {
		this.client.await(parts);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
