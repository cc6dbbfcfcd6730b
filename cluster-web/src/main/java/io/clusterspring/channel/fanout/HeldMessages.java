package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.pubsub.TopicMessage;

/**
 * The kept messages that come while a member catches up, as many as may wait for its
 * client. Used in the mailbox of the topic.
 */
final class HeldMessages {

	private final List<TopicMessage> messages = new ArrayList<>();

	private final Map<Long, Long> first = new HashMap<>(2);

	private long size;

	private boolean overflown;

	/** Add a message that has a position. */
	void add(TopicMessage message, Member member) {
		this.size += Replay.size(message);
		if (!member.followed().hasRoom(this.size, 0)) {
			overflow();
		}
		MessagePosition position = message.position();
		if (position != null && !this.overflown) {
			this.messages.add(message);
			this.first.putIfAbsent(position.origin(), position.number());
		}
	}

	/** Messages are missing here: the client must be told. */
	void overflow() {
		clear();
		this.overflown = true;
	}

	boolean isOverflown() {
		return this.overflown;
	}

	void clear() {
		this.messages.clear();
		this.first.clear();
	}

	/** Return the messages in the order in which they came. */
	List<TopicMessage> messages() {
		return List.copyOf(this.messages);
	}

	/** Return whether a message of the history is one of these. */
	boolean has(TopicMessage message) {
		MessagePosition position = message.position();
		return position != null && position.number() >= this.first.getOrDefault(position.origin(), Long.MAX_VALUE);
	}

	/** Return the position before these messages. */
	HistoryPosition before(HistoryPosition after) {
		Map<Long, Long> numbers = new HashMap<>();
		after.origins().forEach((origin) -> numbers.put(origin, after.number(origin)));
		this.first.forEach((origin, number) -> numbers.put(origin, number - 1));
		return HistoryPosition.of(numbers);
	}

}
