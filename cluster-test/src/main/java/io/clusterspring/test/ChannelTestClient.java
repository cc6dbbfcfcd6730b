package io.clusterspring.test;

import java.time.Duration;
import java.util.Map;

import org.springframework.context.ApplicationContext;

/**
 * A Phoenix client for tests. It connects to the channels of an application context
 * without a network, so the context needs no web server. It passes the application's
 * {@code SocketAuthorizer} and speaks version 2 of the protocol through the real
 * serializers. Its {@code expect} methods wait for a message. If the message does not
 * arrive in time, or cannot arrive any more because the channel has ended, they throw an
 * {@link AssertionError} with the messages that arrived instead.
 *
 * <pre class="code">
 * try (ChannelTestClient client = ChannelTestClient.connect(context)) {
 *     TestChannel room = client.join("room:lobby", Map.of("name", "alice"));
 *     room.push("new_msg", new NewMessage("hello")).expectOk();
 *     assertThat(room.expectBroadcast("new_msg").payload(NewMessage.class).text()).isEqualTo("hello");
 * }
 * </pre>
 *
 * Not thread-safe.
 */
public final class ChannelTestClient implements AutoCloseable {

	private final TestSocket socket;

	ChannelTestClient(TestSocket socket) {
		this.socket = socket;
	}

	/**
	 * Connect to the first socket of an application, without a user or parameters.
	 * @param context the application
	 * @return the connected client
	 * @throws AssertionError if the application refuses
	 */
	public static ChannelTestClient connect(ApplicationContext context) {
		return on(context).connect();
	}

	/**
	 * Start to configure a connection to an application.
	 * @param context the application
	 * @return the builder of the connection
	 */
	public static ChannelTestConnect on(ApplicationContext context) {
		return new ChannelTestConnect(context);
	}

	/**
	 * Join a topic with an empty payload.
	 * @param topic the topic
	 * @return the joined channel
	 * @throws AssertionError if the join is refused
	 */
	public TestChannel join(String topic) {
		return join(topic, Map.of());
	}

	/**
	 * Join a topic.
	 * @param topic the topic
	 * @param payload the payload, encoded with the application's codec
	 * @return the joined channel
	 * @throws AssertionError if the join is refused
	 */
	public TestChannel join(String topic, Object payload) {
		TestPush join = this.socket.push(null, topic, "phx_join", payload);
		return new TestChannel(this.socket, topic, join.ref(), join.expectOk());
	}

	/**
	 * Join a topic with an empty payload, and expect that the join is refused.
	 * @param topic the topic
	 * @return the response
	 * @throws AssertionError if the join is not refused
	 */
	public TestMessage expectJoinRefused(String topic) {
		return expectJoinRefused(topic, Map.of());
	}

	/**
	 * Join a topic, and expect that the join is refused.
	 * @param topic the topic
	 * @param payload the payload, encoded with the application's codec
	 * @return the response
	 * @throws AssertionError if the join is not refused
	 */
	public TestMessage expectJoinRefused(String topic, Object payload) {
		return this.socket.push(null, topic, "phx_join", payload).expectError();
	}

	/**
	 * Expect a message on a topic that the client need not have joined, such as one of
	 * {@code Channel.pushOn}, or a broadcast.
	 * @param topic the topic
	 * @param event the event
	 * @return the message
	 * @throws AssertionError if it does not arrive in time
	 */
	public TestMessage expectMessage(String topic, String event) {
		return this.socket.inbox().take("'" + event + "' on " + topic, (message) -> message.isPush(null, topic, event));
	}

	/**
	 * Expect that the server closes the connection.
	 * @param code the close code, such as 1001
	 * @throws AssertionError if it does not close, or closes with another code
	 */
	public void expectClosed(int code) {
		this.socket.inbox().expectClosed(code);
	}

	/**
	 * Set the timeout of the {@code expect} methods. The default is five seconds.
	 * @param timeout the maximum time to wait
	 * @return this client
	 */
	public ChannelTestClient within(Duration timeout) {
		this.socket.inbox().timeout(timeout);
		return this;
	}

	/** Disconnect without a message, like a browser whose page is closed. */
	@Override
	public void close() {
		this.socket.leave();
	}

}
