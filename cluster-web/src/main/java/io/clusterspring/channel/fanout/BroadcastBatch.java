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
import io.clusterspring.history.MessagePosition;
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

	private final boolean[] intercepted;

	/**
	 * Create a batch.
	 * @param messages at least one broadcast
	 */
	BroadcastBatch(List<TopicMessage> messages) {
		this.messages = messages;
		this.broadcasts = messages.stream().map(BroadcastBatch::broadcast).toList();
		this.passing = new boolean[messages.size()];
		this.intercepted = new boolean[messages.size()];
	}

	List<TopicMessage> messages() {
		return this.messages;
	}

	private static SocketBroadcast broadcast(TopicMessage message) {
		MessagePosition position = message.position();
		return new SocketBroadcast(message.topic(), Objects.requireNonNull(message.event()),
				new SocketPayload(message.bytes(), message.isBinary()),
				(position != null) ? position.toString() : null);
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
			SocketFrame frame = passing(member, count);
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

	private Frames frames(Member member) {
		return this.frames.computeIfAbsent(member.serializer(), Frames::new);
	}

	private @Nullable SocketFrame passing(Member member, int count) {
		Frames all = frames(member);
		return (count == this.passing.length) ? all.all() : all.passing();
	}

	/**
	 * Deliver the broadcasts to a member whose client follows positions: it learns the
	 * position of every message, in their order. A message that it does not get, or that
	 * has no place for a position, is followed by an event with the position.
	 */
	void follow(Member member) {
		boolean whole = true;
		for (int i = 0; i < this.passing.length; i++) {
			SocketBroadcast broadcast = this.broadcasts.get(i);
			boolean own = this.messages.get(i).isFrom(member);
			this.intercepted[i] = !own && member.handler().intercepts(broadcast.event());
			this.passing[i] = !own && !this.intercepted[i] && member.takes(broadcast.payload(), broadcast.event());
			whole &= this.passing[i] && !broadcast.payload().binary() && frames(member).single(i) != null;
		}
		SocketFrame all = (whole) ? frames(member).all() : null;
		if (all != null) {
			member.followed().deliver(all);
		}
		else {
			followSingly(member);
		}
	}

	private void followSingly(Member member) {
		List<SocketFrame> ready = new ArrayList<>();
		for (int i = 0; i < this.intercepted.length; i++) {
			if (this.intercepted[i]) {
				send(member, ready);
				member.intercept(this.messages.get(i));
			}
			else {
				frames(member).addTo(ready, i);
			}
		}
		send(member, ready);
	}

	private static void send(Member member, List<SocketFrame> ready) {
		if (!ready.isEmpty()) {
			member.followed().deliver(SocketFrame.join(List.copyOf(ready)));
			ready.clear();
		}
	}

	/** The broadcasts as encoded by one serializer. */
	private final class Frames {

		private final SocketSerializer serializer;

		private final @Nullable SocketFrame[] single = new SocketFrame[BroadcastBatch.this.passing.length];

		private final boolean[] tried = new boolean[BroadcastBatch.this.passing.length];

		private final @Nullable SocketFrame[] positions = new SocketFrame[BroadcastBatch.this.passing.length];

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

		/** Add a broadcast, if it passes, and its position, unless that is in it. */
		void addTo(List<SocketFrame> frames, int index) {
			SocketBroadcast broadcast = BroadcastBatch.this.broadcasts.get(index);
			SocketFrame frame = (BroadcastBatch.this.passing[index]) ? single(index) : null;
			if (frame != null) {
				frames.add(frame);
			}
			if (broadcast.ref() != null && (frame == null || broadcast.payload().binary())) {
				frames.add(position(index, broadcast.topic(), broadcast.ref()));
			}
		}

		private SocketFrame position(int index, String topic, String position) {
			SocketFrame frame = this.positions[index];
			if (frame == null) {
				frame = HistoryEvent.position(this.serializer, topic, position);
				this.positions[index] = frame;
			}
			return frame;
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
