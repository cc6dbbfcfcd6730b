package io.clusterspring.channel;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * Encodes the payloads that the application sends: {@code byte[]} as it is, a client's
 * payload unchanged, any other value as JSON.
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
