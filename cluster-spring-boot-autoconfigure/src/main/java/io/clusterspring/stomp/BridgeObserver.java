package io.clusterspring.stomp;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Is around every STOMP message that crosses, twice: when it is sent, and when another
 * node gives it to its broker. What it attaches to the one it finds at the other; so a
 * trace crosses nodes.
 */
public interface BridgeObserver {

	/**
	 * Observes nothing and attaches nothing.
	 */
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
	 * A message is sent to other nodes, on the thread of Spring's channel.
	 * @param destination where it goes
	 * @param send to be called once, with what to attach: a few short strings
	 */
	void sending(String destination, Consumer<Map<String, String>> send);

	/**
	 * A message of another node is given to the broker.
	 * @param destination where it goes
	 * @param attached what was attached
	 * @param deliver to be called once
	 */
	void delivering(String destination, Map<String, String> attached, Runnable deliver);

}
