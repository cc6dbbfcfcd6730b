package io.clusterspring.pubsub;

import java.util.List;

import org.springframework.util.Assert;

import io.clusterspring.history.HistoryPosition;

/**
 * The messages of a topic that this node keeps, at one moment. Immutable.
 *
 * @param isKept whether the topic has a history, see {@code cluster.history}
 * @param messages the messages, each publisher's in its order, the oldest first
 * @param position the position of the last ones: live messages follow it
 */
public record TopicHistory(boolean isKept, List<TopicMessage> messages, HistoryPosition position) {

	public TopicHistory {
		messages = List.copyOf(messages);
	}

	/**
	 * Return the last messages.
	 * @param max the maximum number of messages
	 * @return the messages, the oldest first
	 * @throws IllegalArgumentException if the maximum is negative
	 */
	public List<TopicMessage> last(int max) {
		Assert.isTrue(max >= 0, "The maximum number of messages must not be negative");
		return this.messages.subList(Math.max(0, this.messages.size() - max), this.messages.size());
	}

}
