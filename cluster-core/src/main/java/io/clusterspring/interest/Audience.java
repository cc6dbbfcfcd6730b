package io.clusterspring.interest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Knows which nodes need the messages of a topic. Thread-safe.
 */
public interface Audience {

	/** All nodes need all messages. */
	Audience EVERYONE = new Audience() {

		@Override
		public CompletionStage<@Nullable Void> subscribed(String topic) {
			return CompletableFuture.completedStage(null);
		}

		@Override
		public void unsubscribed(String topic) {
		}

		@Override
		public void needs(String topics) {
		}

		@Override
		public @Nullable Predicate<Node> of(String topic) {
			return null;
		}

	};

	/**
	 * This node has one more subscription to a topic, which takes messages already.
	 * @return completes when no other node leaves this one out; by a thread that must not
	 * run code of the application
	 */
	CompletionStage<@Nullable Void> subscribed(String topic);

	/** This node has one subscription less to a topic. */
	void unsubscribed(String topic);

	/**
	 * This node needs the messages of some topics from now on, with and without a
	 * subscription.
	 * @param topics a topic, or the beginning of topics followed by {@code *}
	 */
	void needs(String topics);

	/**
	 * Return the nodes that a message of a topic is to be sent to. It takes no lock. Only
	 * a publisher asks: this node keeps up what it needs for the answer while it is
	 * asked.
	 * @return whether to send to a node, asked once for each message; {@code null} for
	 * all nodes
	 */
	@Nullable Predicate<Node> of(String topic);

}
