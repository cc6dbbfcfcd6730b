package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;

/**
 * A client in memory. It gets each frame as bytes to write, like a socket, and counts
 * them instead of writing.
 */
final class PresenceClient implements SocketConnection {

	private static final int HEAD = 96;

	private static final SocketRequest REQUEST = new SocketRequest("/socket", "memory", Map.of("vsn", List.of("2.0.0")),
			Map.of(), null, null, null);

	private final JoinStorm storm;

	private final long joined = System.nanoTime();

	private long waited;

	PresenceClient(JoinStorm storm) {
		this.storm = storm;
	}

	/**
	 * Join a topic.
	 * @param server the node
	 * @param topic the topic
	 * @param number the number of the client
	 * @return the session, which the caller closes
	 */
	SocketSession join(ChannelServer server, String topic, int number) {
		SocketSession session = ((AcceptedSocket) server.connect(REQUEST)).open(this);
		String text = "[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{\"user\":\"user-" + number + "\"}]";
		session.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return session;
	}

	/**
	 * Return how long the client has waited for the state.
	 * @return the time in nanoseconds, 0 if the state has not arrived
	 */
	synchronized long waited() {
		return this.waited;
	}

	@Override
	public String id() {
		return "memory";
	}

	@Override
	public void send(SocketFrame frame) {
		for (SocketFrame.Message message : frame.messages()) {
			byte[] head = new byte[Math.min(HEAD, message.bytes().remaining())];
			message.bytes().get(head);
			String text = new String(head, StandardCharsets.UTF_8);
			if (text.contains("\"presence_state\"")) {
				state(frame);
			}
			else if (text.contains("\"presence_diff\"")) {
				this.storm.diff(message.bytes().remaining());
			}
		}
	}

	private synchronized void state(SocketFrame frame) {
		this.waited = System.nanoTime() - this.joined;
		this.storm.state(frame);
	}

	@Override
	public void close(int code) {
	}

}
