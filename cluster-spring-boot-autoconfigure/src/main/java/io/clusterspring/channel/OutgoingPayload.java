package io.clusterspring.channel;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * What the application gives to send: bytes as they are, a client's payload as it came,
 * anything else as JSON.
 */
final class OutgoingPayload {

	private OutgoingPayload() {
	}

	static SocketPayload encode(@Nullable Object payload, PayloadCodec codec) {
		if (payload instanceof ChannelPayload raw) {
			return raw.raw();
		}
		return (payload instanceof byte[] bytes) ? SocketPayload.binary(ByteBuffer.wrap(bytes))
				: SocketPayload.json(ByteBuffer.wrap(codec.encode(payload)));
	}

	static Broadcast broadcast(String event, Object payload) {
		return new Broadcast(event, (payload instanceof ChannelPayload raw && raw.isBinary()) ? raw.bytes() : payload);
	}

}
