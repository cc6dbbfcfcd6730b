package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Broadcasts of one topic that are sent together. They are encoded once for each
 * serializer and joined once for all members that get every one of them. Not thread-safe.
 */
final class BroadcastBatch {

	private static final CountedWarning UNWRITABLE = new CountedWarning(LogFactory.getLog(BroadcastBatch.class));

	private final List<TopicMessage> messages;

	private final List<SocketBroadcast> broadcasts;

	private final Map<SocketSerializer, Frames> frames = new IdentityHashMap<>(2);

	private final boolean[] passing;

	/**
	 * Create a batch.
	 * @param messages at least one broadcast
	 */
	BroadcastBatch(List<TopicMessage> messages) {
		this.messages = messages;
		this.broadcasts = messages.stream().map(BroadcastBatch::broadcast).toList();
		this.passing = new boolean[messages.size()];
	}

	private static SocketBroadcast broadcast(TopicMessage message) {
		return new SocketBroadcast(message.topic(), Objects.requireNonNull(message.event()),
				new SocketPayload(message.bytes(), message.isBinary()));
	}

	/**
	 * Deliver the broadcasts to a member. Left out are broadcasts that the member has
	 * sent itself and payloads that its client cannot receive. Broadcasts that its
	 * handler intercepts go to the handler instead.
	 */
	void deliverTo(Member member) {
		int count = 0;
		for (int i = 0; i < this.passing.length; i++) {
			boolean passes = passes(i, member);
			this.passing[i] = passes;
			count += (passes) ? 1 : 0;
		}
		if (count > 0) {
			Frames all = this.frames.computeIfAbsent(member.serializer(), Frames::new);
			SocketFrame frame = (count == this.passing.length) ? all.all() : all.passing();
			if (frame != null) {
				member.deliver(frame);
			}
		}
	}

	private boolean passes(int index, Member member) {
		TopicMessage message = this.messages.get(index);
		SocketBroadcast broadcast = this.broadcasts.get(index);
		if (message.isFrom(member)) {
			return false;
		}
		if (member.handler().intercepts(broadcast.event())) {
			member.intercept(message);
			return false;
		}
		return member.takes(broadcast.payload(), broadcast.event());
	}

	/** The broadcasts as encoded by one serializer. */
	private final class Frames {

		private final SocketSerializer serializer;

		private final @Nullable SocketFrame[] single = new SocketFrame[BroadcastBatch.this.passing.length];

		private final boolean[] tried = new boolean[BroadcastBatch.this.passing.length];

		private @Nullable SocketFrame all;

		Frames(SocketSerializer serializer) {
			this.serializer = serializer;
		}

		@Nullable SocketFrame all() {
			SocketFrame all = this.all;
			if (all == null) {
				all = passing();
				this.all = all;
			}
			return all;
		}

		@Nullable SocketFrame passing() {
			List<SocketFrame> passing = new ArrayList<>();
			for (int i = 0; i < this.single.length; i++) {
				SocketFrame frame = (BroadcastBatch.this.passing[i]) ? single(i) : null;
				if (frame != null) {
					passing.add(frame);
				}
			}
			return passing.isEmpty() ? null : SocketFrame.join(passing);
		}

		private @Nullable SocketFrame single(int index) {
			if (!this.tried[index]) {
				this.tried[index] = true;
				this.single[index] = encode(index);
			}
			return this.single[index];
		}

		// a broadcast that cannot be encoded must not stop the others
		private @Nullable SocketFrame encode(int index) {
			try {
				return this.serializer.encode(BroadcastBatch.this.broadcasts.get(index));
			}
			catch (Throwable ex) {
				UNWRITABLE.add((count) -> "Lost " + BroadcastBatch.this.messages.get(index)
						+ " for the clients of its topic, because it cannot be encoded (" + count + " so far): " + ex);
				return null;
			}
		}

	}

}
