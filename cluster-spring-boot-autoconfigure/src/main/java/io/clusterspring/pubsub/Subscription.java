package io.clusterspring.pubsub;

/**
 * A subscription to a topic.
 */
public interface Subscription extends AutoCloseable {

	/**
	 * Return the topic.
	 * @return the topic subscribed to
	 */
	String topic();

	/**
	 * Return how many messages and tasks wait, counting the one that is under way. A
	 * listener that finds more than one will be called again, or a task run.
	 * @return the number of messages and tasks
	 */
	int waiting();

	/**
	 * Run a task where the listener is called, after the messages that wait for it now,
	 * even if the subscription has ended.
	 * @param task the task
	 */
	void execute(Runnable task);

	/**
	 * End the subscription. No call of its listener begins after this returns. May be
	 * called more than once and from the listener itself.
	 */
	@Override
	void close();

}
