package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Broadcasts of one topic that are sent together. They are encoded once for each
 * serializer and joined once for all members that get every one of them. Not thread-safe.
 */
final class BroadcastBatch {

	private final List<TopicMessage> messages;

	private final List<EncodedBroadcast> broadcasts;

	private final Map<SocketSerializer, Frames> frames = new IdentityHashMap<>(2);

	private final boolean[] passing;

	/** The handler that was asked last whether it intercepts one of the broadcasts. */
	private @Nullable ChannelHandler asked;

	private boolean anyIntercepted;

	/**
	 * Create a batch.
	 * @param messages at least one broadcast
	 */
	BroadcastBatch(List<TopicMessage> messages) {
		this(messages, EncodedBroadcast::new);
	}

	/**
	 * Create a batch.
	 * @param messages at least one broadcast
	 * @param encoded returns the frames of a broadcast, which may be known already
	 */
	BroadcastBatch(List<TopicMessage> messages, Function<TopicMessage, EncodedBroadcast> encoded) {
		this.messages = messages;
		this.broadcasts = messages.stream().map(encoded).toList();
		this.passing = new boolean[messages.size()];
	}

	List<TopicMessage> messages() {
		return this.messages;
	}

	private SocketBroadcast broadcast(int index) {
		return this.broadcasts.get(index).broadcast();
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
		SocketBroadcast broadcast = broadcast(index);
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
		SocketFrame whole = isForClient(member) ? frames(member).whole() : null;
		if (whole != null) {
			member.followed().deliver(whole);
		}
		else {
			followSingly(member);
		}
	}

	/** Return whether the client gets all broadcasts, and its handler none. */
	private boolean isForClient(Member member) {
		if (member.handler() != this.asked) {
			this.anyIntercepted = this.messages.stream().anyMatch((message) -> intercepts(message, member));
			this.asked = member.handler();
		}
		if (this.anyIntercepted) {
			return false;
		}
		for (TopicMessage message : this.messages) {
			if (message.isFrom(member)) {
				return false;
			}
		}
		return true;
	}

	private static boolean intercepts(TopicMessage message, Member member) {
		return member.handler().intercepts(Objects.requireNonNull(message.event()));
	}

	private void followSingly(Member member) {
		List<SocketFrame> ready = new ArrayList<>();
		Frames frames = frames(member);
		for (int i = 0; i < this.passing.length; i++) {
			TopicMessage message = this.messages.get(i);
			SocketBroadcast broadcast = broadcast(i);
			boolean own = message.isFrom(member);
			if (!own && member.handler().intercepts(broadcast.event())) {
				send(member, ready);
				member.intercept(message);
			}
			else {
				frames.addTo(ready, i, !own && member.takes(broadcast.payload(), broadcast.event()));
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

		private final @Nullable SocketFrame[] positions = new SocketFrame[BroadcastBatch.this.passing.length];

		private @Nullable SocketFrame all;

		private @Nullable Boolean whole;

		Frames(SocketSerializer serializer) {
			this.serializer = serializer;
		}

		/** Return all broadcasts, if each of them has a frame with its position. */
		@Nullable SocketFrame whole() {
			Boolean whole = this.whole;
			if (whole == null) {
				whole = BroadcastBatch.this.broadcasts.stream()
					.allMatch((each) -> !each.broadcast().payload().binary() && each.frame(this.serializer) != null);
				this.whole = whole;
			}
			return whole ? all() : null;
		}

		@Nullable SocketFrame all() {
			SocketFrame all = this.all;
			if (all == null) {
				all = join((index) -> true);
				this.all = all;
			}
			return all;
		}

		@Nullable SocketFrame passing() {
			return join((index) -> BroadcastBatch.this.passing[index]);
		}

		private @Nullable SocketFrame join(IntPredicate passes) {
			List<SocketFrame> passing = new ArrayList<>();
			for (int i = 0; i < this.positions.length; i++) {
				SocketFrame frame = (passes.test(i)) ? single(i) : null;
				if (frame != null) {
					passing.add(frame);
				}
			}
			return passing.isEmpty() ? null : SocketFrame.join(passing);
		}

		/** Add a broadcast, if it passes, and its position, unless that is in it. */
		void addTo(List<SocketFrame> frames, int index, boolean passes) {
			SocketBroadcast broadcast = broadcast(index);
			SocketFrame frame = (passes) ? single(index) : null;
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
			return BroadcastBatch.this.broadcasts.get(index).frame(this.serializer);
		}

	}

}
