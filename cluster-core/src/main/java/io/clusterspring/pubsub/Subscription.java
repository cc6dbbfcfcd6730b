package io.clusterspring.pubsub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A subscription to a topic. Thread-safe.
 */
public interface Subscription extends AutoCloseable {

	/**
	 * Return the topic.
	 * @return the topic subscribed to
	 */
	String topic();

	/**
	 * Return a stage that completes when the subscription is in force on all nodes: what
	 * is broadcast anywhere after that arrives, as long as the view stands.
	 *
	 * <p>
	 * A broadcast goes only to nodes with a subscriber, so the other nodes have to know
	 * of the first subscription of a node to a topic. That takes one round trip. Until
	 * then broadcasts of this node arrive, and those of other nodes may or may not. A
	 * member that does not answer delays the stage for seconds at most: after that it
	 * sends everything to this node. The stage is complete from the start if the node has
	 * subscribed to the topic before, if it is alone, or without
	 * {@code cluster.pubsub.routing.enabled}. So it is for a subscription that was made
	 * before the node joined the cluster, such as those of {@link TopicListener}: they
	 * are in force when the node appears in the views of the others.
	 *
	 * <p>
	 * It never completes exceptionally. Dependent actions run on the executor of the
	 * subscription.
	 * @return the stage
	 */
	default CompletionStage<@Nullable Void> ready() {
		return CompletableFuture.completedStage(null);
	}

	/**
	 * Return how many messages and tasks wait, counting the present one. If a listener
	 * reads more than one, another message or task follows its own.
	 * @return the number of messages and tasks
	 */
	int waiting();

	/**
	 * Run a task in the mailbox of the listener, after the messages that wait there now.
	 * The task runs even if the subscription is closed.
	 * @param task the task
	 */
	void execute(Runnable task);

	/**
	 * End the subscription. No call of its listener begins after this returns. May be
	 * called more than once, and from the listener itself.
	 */
	@Override
	void close();

}
