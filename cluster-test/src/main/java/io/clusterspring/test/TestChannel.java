package io.clusterspring.test;

import java.time.Duration;
import java.util.Map;

/**
 * A topic that a {@link ChannelTestClient} has joined. An expected message may have
 * arrived already. Other messages before it are kept for later {@code expect} calls.
 */
public final class TestChannel {

	private final TestSocket socket;

	private final String topic;

	private final String joinRef;

	private final TestMessage response;

	TestChannel(TestSocket socket, String topic, String joinRef, TestMessage response) {
		this.socket = socket;
		this.topic = topic;
		this.joinRef = joinRef;
		this.response = response;
	}

	/**
	 * Return the topic.
	 * @return the topic
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return the response to the join.
	 * @return the response
	 */
	public TestMessage response() {
		return this.response;
	}

	/**
	 * Push an event.
	 * @param event the event
	 * @param payload the payload, encoded with the application's codec; {@code byte[]} is
	 * sent as it is
	 * @return the push, which can expect a reply
	 */
	public TestPush push(String event, Object payload) {
		return this.socket.push(this.joinRef, this.topic, event, payload);
	}

	/**
	 * Expect a push to this client only, or a broadcast that {@code @OnBroadcast} has
	 * intercepted.
	 * @param event the event
	 * @return the message
	 * @throws AssertionError if it does not arrive in time, or the channel ends before
	 */
	public TestMessage expectPush(String event) {
		return this.socket.inbox()
			.take("a push of '" + event + "' on " + this.topic,
					(message) -> message.isPush(this.joinRef, this.topic, event), this::isEnd);
	}

	/**
	 * Expect a broadcast to all members of the topic.
	 * @param event the event
	 * @return the message
	 * @throws AssertionError if it does not arrive in time
	 */
	public TestMessage expectBroadcast(String event) {
		return this.socket.inbox()
			.take("a broadcast of '" + event + "' on " + this.topic,
					(message) -> message.isPush(null, this.topic, event));
	}

	/**
	 * Expect that no further push or broadcast of an event arrives.
	 * @param event the event
	 * @param time the time to wait
	 * @throws AssertionError if one arrives
	 */
	public void expectNone(String event, Duration time) {
		this.socket.inbox()
			.expectNone("'" + event + "' on " + this.topic, time,
					(message) -> message.isPush(this.joinRef, this.topic, event)
							|| message.isPush(null, this.topic, event));
	}

	/**
	 * Expect that the server closes the channel.
	 * @throws AssertionError if it does not
	 */
	public void expectClose() {
		expectEnd("phx_close");
	}

	/**
	 * Expect that the channel crashes, for example because a handler throws an exception.
	 * @throws AssertionError if it does not
	 */
	public void expectCrash() {
		expectEnd("phx_error");
	}

	/** Leave the topic, and wait until the server has confirmed it. */
	public void leave() {
		push("phx_leave", Map.of()).expectOk();
		expectClose();
	}

	private void expectEnd(String event) {
		this.socket.inbox()
			.take(event + " on " + this.topic, (message) -> message.isEnd(this.joinRef, this.topic, event),
					this::isEnd);
	}

	private boolean isEnd(TestMessage message) {
		return message.isEnd(this.joinRef, this.topic);
	}

}
