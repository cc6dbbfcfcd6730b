package io.clusterspring.channel.socket;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.util.Assert;

import io.clusterspring.text.Utf8;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.WireLine;

/**
 * The sockets of this node. Also sends and receives the frame that closes all sockets
 * with an id on all nodes. The body of that frame, in version 1, is the id as text.
 * Thread-safe.
 */
final class SocketRegistry {

	private final WireLine line;

	private final Set<ChannelSocket> sockets = ConcurrentHashMap.newKeySet();

	private final ConcurrentMap<String, Set<ChannelSocket>> byId = new ConcurrentHashMap<>();

	SocketRegistry(ClusterWire wire) {
		this.line = wire.open(FrameKind.DISCONNECT, (sender, body) -> close(read(body)));
	}

	static byte[] frame(String id) {
		return new FrameWriter(FrameKind.DISCONNECT).text(id).frame();
	}

	static String read(ByteBuffer body) {
		return FrameReader.read(body, FrameReader::text);
	}

	void add(ChannelSocket socket) {
		this.sockets.add(socket);
		String id = socket.identity().id();
		if (id != null) {
			this.byId.compute(id, (key, present) -> {
				Set<ChannelSocket> sharing = (present != null) ? present : ConcurrentHashMap.newKeySet(1);
				sharing.add(socket);
				return sharing;
			});
		}
	}

	void remove(ChannelSocket socket) {
		String id = socket.identity().id();
		if (this.sockets.remove(socket) && id != null) {
			this.byId.computeIfPresent(id, (key, sharing) -> {
				sharing.remove(socket);
				return sharing.isEmpty() ? null : sharing;
			});
		}
	}

	/**
	 * Close the sockets with an id on all nodes.
	 * @param id the id
	 */
	void disconnect(String id) {
		Assert.hasLength(id, "Socket id must not be empty");
		Utf8.requireWellFormed("Socket id", id);
		if (!this.line.post(() -> close(id))) {
			close(id);
		}
		this.line.send(frame(id));
	}

	Set<ChannelSocket> sockets() {
		return this.sockets;
	}

	private void close(String id) {
		this.byId.getOrDefault(id, Set.of()).forEach(ChannelSocket::disconnect);
	}

}
