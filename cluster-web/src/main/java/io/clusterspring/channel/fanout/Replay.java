package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.io.JsonStringEncoder;

import io.clusterspring.history.MessagePosition;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Delivers kept messages to one member, in the same way as live ones. Members that catch
 * up at the same time share the frames.
 */
final class Replay {

	/** The size of a frame beside its names and its payload, rounded up. */
	private static final int AROUND = 128;

	private final Member member;

	private final ReplayFrames frames;

	Replay(Member member, ReplayFrames frames) {
		this.member = member;
		this.frames = frames;
	}

	/** Return how many bytes the client gets at most. */
	static int size(TopicMessage message) {
		String event = message.event();
		int topic = length(message.topic());
		return message.bytes().remaining() + topic + ((event != null) ? length(event) : 0) + AROUND
				+ (message.isBinary() ? topic : 0); // an event with the position follows
	}

	private static int length(String name) {
		return JsonStringEncoder.getInstance().quoteAsUTF8(name).length;
	}

	/** Return whether the messages may wait for the client, and for its handler. */
	boolean fits(List<TopicMessage> messages) {
		long size = messages.stream().mapToLong(Replay::size).sum();
		return this.member.followed().hasRoom(size, (int) messages.stream().filter(this::isHandled).count());
	}

	private boolean isHandled(TopicMessage message) {
		String event = message.event();
		return (event != null) ? this.member.handler().intercepts(event) : this.member.handler().hearsMessages();
	}

	/** Return the last ones of some messages, as many as fit. */
	List<TopicMessage> fitting(List<TopicMessage> messages) {
		List<TopicMessage> last = messages;
		while (!last.isEmpty() && !fits(last)) {
			last = last.subList(last.size() - last.size() / 2, last.size());
		}
		return last;
	}

	void run(List<TopicMessage> messages) {
		List<TopicMessage> batch = new ArrayList<>();
		int size = 0;
		for (TopicMessage message : messages) {
			if (message.event() == null || size >= ChannelFanout.BATCH_SIZE) {
				broadcasts(batch);
				size = 0;
			}
			if (message.event() == null) {
				plain(this.member, message);
			}
			else {
				batch.add(message);
				size += message.bytes().remaining();
			}
		}
		broadcasts(batch);
	}

	private void broadcasts(List<TopicMessage> batch) {
		if (!batch.isEmpty()) {
			new BroadcastBatch(List.copyOf(batch), this.frames::of).follow(this.member);
			batch.clear();
		}
	}

	/** Deliver a plain payload to the handler, if it hears them. */
	static void plain(Member member, TopicMessage message) {
		MessagePosition position = message.position();
		if (member.handler().hearsMessages() && !message.isFrom(member)) {
			member.intercept(message);
		}
		else if (position != null) {
			member.followed().deliver(HistoryEvent.position(member.serializer(), member.topic(), position.toString()));
		}
	}

}
