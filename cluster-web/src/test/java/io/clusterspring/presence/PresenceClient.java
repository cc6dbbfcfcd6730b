package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;

/**
 * A client of one topic that handles states and diffs like Phoenix's {@code Presence}.
 */
final class PresenceClient implements SocketConnection {

	final List<JsonNode> frames = new CopyOnWriteArrayList<>();

	private final PresenceModel model = new PresenceModel();

	private @Nullable SocketSession session;

	void open(SocketSession opened) {
		this.session = opened;
	}

	@Override
	public String id() {
		return "test";
	}

	@Override
	public synchronized void send(SocketFrame frame) {
		for (SocketFrame.Message text : frame.messages()) {
			JsonNode message = JsonMapper.shared().readTree(text.text());
			this.frames.add(message);
			this.model.receive(message.get(3).stringValue(), message.get(4));
		}
	}

	@Override
	public void close(int code) {
	}

	PresenceClient join(String topic, @Nullable String user) {
		send(topic, "phx_join", user);
		return this;
	}

	void send(String topic, String event, @Nullable String user) {
		String payload = (user != null) ? "{\"user\":\"" + user + "\"}" : "{}";
		Objects.requireNonNull(this.session)
			.received(ByteBuffer.wrap("[\"1\",\"1\",\"%s\",\"%s\",%s]".formatted(topic, event, payload)
				.getBytes(StandardCharsets.UTF_8)));
	}

	void disconnect() {
		Objects.requireNonNull(this.session).closed();
	}

	List<JsonNode> events(String event) {
		return this.frames.stream().filter((frame) -> frame.get(3).stringValue().equals(event)).toList();
	}

	/**
	 * Return the entries of the client, in the form of {@link PresenceNode#listed}.
	 */
	synchronized Map<String, List<String>> listed() {
		Map<String, List<String>> listed = new TreeMap<>();
		this.model.state().forEach((key, metas) -> {
			List<String> texts = new ArrayList<>(metas.stream().map(JsonNode::toString).toList());
			listed.put(key, texts);
		});
		return listed;
	}

}
