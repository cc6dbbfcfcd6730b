package io.clusterspring.pubsub;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.history.MessagePosition;

/**
 * Publishes messages on topics to subscribers on all nodes, as Phoenix.PubSub does. A
 * topic is any non-empty string; it exists while it has a subscriber.
 *
 * <p>
 * Delivery is at most once. While the view does not change, a broadcast reaches every
 * subscriber exactly once, on other nodes from when the subscription is
 * {@linkplain Subscription#ready() in force}. Broadcasts of one thread on one topic
 * arrive in order at each subscriber, local or remote. A broadcast never waits for a
 * subscriber's code: every subscription has a serial, bounded mailbox of its own. If it
 * is full, the message is lost for that subscription, and the log has a warning.
 *
 * <p>
 * A payload is encoded once, by the thread that broadcasts it: {@code byte[]} and
 * {@code String} as they are, a {@link Broadcast} as described there, anything else as
 * JSON. Subscribers on the same node get the encoded payload as well, without the
 * network, so that objects are never shared. All methods are thread-safe.
 */
public interface PubSub {

	/**
	 * Subscribe to all messages of a topic.
	 * @param topic the topic
	 * @param listener called with one message at a time, in order
	 * @return the subscription, to be closed when it is no longer of use
	 */
	Subscription subscribe(String topic, Consumer<? super TopicMessage> listener);

	/**
	 * Subscribe to all messages of a topic with an executor of the subscriber's own. Use
	 * it for a listener that must not wait for other listeners.
	 * @param topic the topic
	 * @param executor runs the listener
	 * @param listener called with one message at a time, in order
	 * @return the subscription, to be closed when it is no longer of use
	 */
	Subscription subscribe(String topic, Executor executor, Consumer<? super TopicMessage> listener);

	/**
	 * Subscribe to the plain payloads of a topic; each {@link Broadcast} is ignored,
	 * since it is for clients. A payload that cannot be read as the given type is logged
	 * and skipped.
	 * @param <T> the payload type
	 * @param topic the topic
	 * @param type the type to read payloads as
	 * @param listener called with one payload at a time, in order
	 * @return the subscription, to be closed when it is no longer of use
	 */
	<T> Subscription subscribe(String topic, Class<T> type, Consumer<? super T> listener);

	/**
	 * Subscribe to all messages of a topic with history, with a listener that hears of
	 * gaps. On a topic without history it hears of none.
	 * @param topic the topic
	 * @param executor runs the listener
	 * @param listener called with one message at a time, in order
	 * @return the subscription, a {@link HistorySubscription} if the topic has a history
	 */
	Subscription follow(String topic, Executor executor, HistorySubscription.Listener listener);

	/**
	 * Return the messages of a topic that this node keeps, see {@code cluster.history}.
	 * @param topic the topic
	 * @return the messages of this moment, none if the topic has no history
	 */
	TopicHistory history(String topic);

	/**
	 * Return whether a topic has a history, see {@code cluster.history}.
	 * @param topic the topic
	 * @return {@code true} if its messages are kept
	 */
	boolean hasHistory(String topic);

	/**
	 * Send a payload to all subscribers of a topic, on every node.
	 * @param topic the topic
	 * @param payload the payload
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 * @throws PayloadTooLargeException if it is larger than
	 * {@code cluster.max-payload-size}; nobody receives it then
	 */
	void broadcast(String topic, @Nullable Object payload);

	/**
	 * Send a payload to all subscribers of a topic, on every node, as {@link #broadcast}
	 * does, and learn its position.
	 * @param topic the topic
	 * @param payload the payload
	 * @return the position among the messages of the topic, or {@code null} if the topic
	 * has no history
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 * @throws PayloadTooLargeException if it is larger than
	 * {@code cluster.max-payload-size}; nobody receives it then
	 */
	@Nullable MessagePosition publish(String topic, @Nullable Object payload);

	/**
	 * Send a payload to all subscribers of a topic but one, on every node.
	 * @param sender the subscription that does not receive it
	 * @param topic the topic
	 * @param payload the payload
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 * @throws PayloadTooLargeException if it is larger than
	 * {@code cluster.max-payload-size}; nobody receives it then
	 */
	void broadcastFrom(Subscription sender, String topic, @Nullable Object payload);

	/**
	 * Send a payload to the subscribers of a topic on this node only. On a topic with
	 * history it is not kept, and has no order with messages that are.
	 * @param topic the topic
	 * @param payload the payload
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastLocal(String topic, @Nullable Object payload);

	/**
	 * Send a payload to the subscribers of a topic on this node only, but one. On a topic
	 * with history it is not kept, and has no order with messages that are.
	 * @param sender the subscription that does not receive it
	 * @param topic the topic
	 * @param payload the payload
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastLocalFrom(Subscription sender, String topic, @Nullable Object payload);

	/**
	 * Send a payload to the subscribers of a topic on one node only, which may be this
	 * node. Nothing happens if the node is not in the view. On a topic with history it is
	 * not kept, and has no order with messages that are.
	 * @param node the node
	 * @param topic the topic
	 * @param payload the payload
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 * @throws PayloadTooLargeException if it is larger than
	 * {@code cluster.max-payload-size}; nobody receives it then
	 */
	void broadcastTo(Node node, String topic, @Nullable Object payload);

}
