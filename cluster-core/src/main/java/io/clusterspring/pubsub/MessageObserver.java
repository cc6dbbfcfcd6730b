package io.clusterspring.pubsub;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Wraps each broadcast on the sender and each delivery on the receiver. Headers that it
 * attaches on the sender are available on the receiver, so that a trace can cross nodes.
 */
public interface MessageObserver {

	/** Observes nothing and attaches nothing. */
	MessageObserver NONE = new MessageObserver() {

		@Override
		public void broadcasting(String topic, Consumer<Map<String, String>> broadcast) {
			broadcast.accept(Map.of());
		}

		@Override
		public void delivering(TopicMessage message, Runnable listener) {
			listener.run();
		}

	};

	/**
	 * Wrap a broadcast, on the thread of the caller.
	 * @param topic the topic
	 * @param broadcast sends the message; call it once, with at most 255 headers, each up
	 * to 65,535 bytes
	 */
	void broadcasting(String topic, Consumer<Map<String, String>> broadcast);

	/**
	 * Wrap the delivery of a message to one listener, in the listener's mailbox.
	 * @param message the message, with the headers from the sender
	 * @param listener calls the listener; run it once
	 */
	void delivering(TopicMessage message, Runnable listener);

}
