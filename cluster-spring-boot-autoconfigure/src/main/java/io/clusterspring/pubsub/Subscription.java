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
	 * Return how many messages wait for the listener, counting the one it hears now. A
	 * listener that finds more than one will be called again.
	 * @return the number of messages
	 */
	int waiting();

	/**
	 * End the subscription. No call of its listener begins after this returns. May be
	 * called more than once and from the listener itself.
	 */
	@Override
	void close();

}
