package io.clusterspring.http;

import io.clusterspring.autoconfigure.TextClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Phoenix client that has joined one topic.
 */
public final class PhoenixReader implements AutoCloseable {

	private final TextClient client;

	private PhoenixReader(TextClient client) {
		this.client = client;
	}

	/**
	 * Join a topic.
	 * @param port the port of the node
	 * @param topic the topic
	 * @return the client, when it has joined
	 */
	public static PhoenixReader join(int port, String topic) {
		TextClient client = TextClient.connect(port, "/socket/websocket?vsn=2.0.0");
		client.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
		assertThat(client.next()).contains("phx_reply", "\"ok\"");
		return new PhoenixReader(client);
	}

	/**
	 * Return the next message.
	 * @return the message as it came
	 */
	public String next() {
		return this.client.next();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
