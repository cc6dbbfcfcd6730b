package io.clusterspring.stomp;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Wraps the sending of each STOMP message to other nodes on the sender, and its delivery
 * to the broker on each receiver. Strings that it attaches on the sender are available on
 * the receivers, for example to continue a trace.
 */
public interface BridgeObserver {

	/** An observer that does nothing. */
	BridgeObserver NONE = new BridgeObserver() {

		@Override
		public void sending(String destination, Consumer<Map<String, String>> send) {
			send.accept(Map.of());
		}

		@Override
		public void delivering(String destination, Map<String, String> attached, Runnable deliver) {
			deliver.run();
		}

	};

	/**
	 * Called when a message is sent to other nodes, on the thread of Spring's channel.
	 * @param destination the destination of the message
	 * @param send sends the message; must be called once, with a few short strings to
	 * attach
	 */
	void sending(String destination, Consumer<Map<String, String>> send);

	/**
	 * Called when a message of another node is delivered to the broker.
	 * @param destination the destination of the message
	 * @param attached the attached strings
	 * @param deliver delivers the message; must be called once
	 */
	void delivering(String destination, Map<String, String> attached, Runnable deliver);

}
