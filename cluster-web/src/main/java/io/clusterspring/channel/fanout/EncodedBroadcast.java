package io.clusterspring.channel.fanout;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.pubsub.TopicMessage;

/**
 * A broadcast for clients, encoded once for each serializer. Not thread-safe.
 */
final class EncodedBroadcast {

	private static final CountedWarning UNWRITABLE = new CountedWarning(LogFactory.getLog(EncodedBroadcast.class));

	private final TopicMessage message;

	private final SocketBroadcast broadcast;

	private final Map<SocketSerializer, Optional<SocketFrame>> frames = new IdentityHashMap<>(2);

	EncodedBroadcast(TopicMessage message) {
		MessagePosition position = message.position();
		this.message = message;
		this.broadcast = new SocketBroadcast(message.topic(), Objects.requireNonNull(message.event()),
				new SocketPayload(message.bytes(), message.isBinary()),
				(position != null) ? position.toString() : null);
	}

	SocketBroadcast broadcast() {
		return this.broadcast;
	}

	/**
	 * Return the frame of a serializer, always the same.
	 * @return {@code null} if it cannot be encoded
	 */
	@Nullable SocketFrame frame(SocketSerializer serializer) {
		return this.frames.computeIfAbsent(serializer, this::encode).orElse(null);
	}

	// a broadcast that cannot be encoded must not stop the others
	private Optional<SocketFrame> encode(SocketSerializer serializer) {
		try {
			return Optional.of(serializer.encode(this.broadcast));
		}
		catch (Throwable ex) {
			UNWRITABLE.add((count) -> "Lost " + this.message
					+ " for the clients of its topic, because it cannot be encoded (" + count + " so far): " + ex);
			return Optional.empty();
		}
	}

}
