package io.clusterspring.pubsub;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Is around every message twice: when it is broadcast, and when a listener gets it. What
 * it attaches to the one it finds at the other, on whichever node; so a trace crosses
 * nodes.
 */
public interface MessageObserver {

	/**
	 * Observes nothing and attaches nothing.
	 */
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
	 * A message is broadcast, on the thread of the caller.
	 * @param topic the topic
	 * @param broadcast to be called once, with what to attach: at most 255 short strings
	 */
	void broadcasting(String topic, Consumer<Map<String, String>> broadcast);

	/**
	 * A listener gets a message, in its mailbox.
	 * @param message the message, with what was attached in its headers
	 * @param listener to be called once
	 */
	void delivering(TopicMessage message, Runnable listener);

}
