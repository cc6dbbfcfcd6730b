package io.clusterspring.pubsub;

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
