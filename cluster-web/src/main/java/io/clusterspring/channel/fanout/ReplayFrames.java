package io.clusterspring.channel.fanout;

import java.util.HashMap;
import java.util.Map;

import io.clusterspring.history.MessagePosition;
import io.clusterspring.pubsub.TopicMessage;

/**
 * The frames of messages that members of a topic have missed. After the death of a node,
 * many members miss the same messages, so these are encoded once for all of them. Frames
 * are kept while members catch up, up to {@value #MAX_BYTES} bytes. Used in the mailbox
 * of the topic.
 */
final class ReplayFrames {

	static final int MAX_BYTES = 256 * 1024;

	private final Map<MessagePosition, EncodedBroadcast> frames = new HashMap<>();

	private int size;

	/**
	 * Return the frames of a broadcast.
	 * @return those that another member got, if they are kept
	 */
	EncodedBroadcast of(TopicMessage message) {
		MessagePosition position = message.position();
		if (position == null) {
			return new EncodedBroadcast(message);
		}
		EncodedBroadcast known = this.frames.get(position);
		return (known != null) ? known : keep(position, new EncodedBroadcast(message), Replay.size(message));
	}

	private EncodedBroadcast keep(MessagePosition position, EncodedBroadcast encoded, int size) {
		if (this.size + size <= MAX_BYTES) {
			this.frames.put(position, encoded);
			this.size += size;
		}
		return encoded;
	}

	/** Forget all frames. */
	void clear() {
		this.frames.clear();
		this.size = 0;
	}

}
