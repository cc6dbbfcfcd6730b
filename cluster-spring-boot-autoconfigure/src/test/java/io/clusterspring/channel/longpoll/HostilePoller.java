package io.clusterspring.channel.longpoll;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;

import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.HostileClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hostile client with long polling.
 */
class HostilePoller implements HostileClient {

	private final int port;

	private final Poller poller;

	private final Queue<String> messages = new ArrayDeque<>();

	private int posted = PollAnswer.OK;

	HostilePoller(int port, String vsn) throws Exception {
		this.port = port;
		this.poller = new Poller("vsn=" + vsn);
		assertThat(this.poller.get(port).get("status").asInt()).isEqualTo(PollAnswer.GONE);
	}

	@Override
	public void text(byte[] bytes) throws Exception {
		this.posted = this.poller.post(this.port, "application/json", bytes);
	}

	@Override
	public void binary(byte[] bytes) throws Exception {
		this.posted = this.poller.post(this.port, "application/x-ndjson", Base64.getEncoder().encode(bytes));
	}

	@Override
	public String next() throws Exception {
		for (int i = 0; i < 20 && this.messages.isEmpty(); i++) {
			JsonNode answer = this.poller.get(this.port);
			assertThat(answer.get("status").asInt()).isIn(PollAnswer.OK, PollAnswer.NO_CONTENT);
			answer.get("messages").forEach((message) -> this.messages.add(message.asString()));
		}
		return this.messages.remove();
	}

	/**
	 * Return the close code: a long polling client sees a refused message and the end of
	 * its session instead of a code.
	 */
	@Override
	public int end() throws Exception {
		JsonNode answer = this.poller.get(this.port);
		while (answer.get("status").asInt() == PollAnswer.OK) {
			answer = this.poller.get(this.port);
		}
		boolean gone = answer.get("status").asInt() == PollAnswer.GONE;
		return (this.posted == PollAnswer.TIMEOUT && gone) ? 1011 : 0;
	}

	@Override
	public void close() {
	}

}
