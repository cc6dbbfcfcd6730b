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
	 * End the subscription. No call of its listener begins after this returns. May be
	 * called more than once and from the listener itself.
	 */
	@Override
	void close();

}
