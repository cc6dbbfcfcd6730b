package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of Spring's STOMP broker.
 *
 * @param enabled Whether to make Spring's simple broker and its user registry
 * cluster-wide.
 * @param localDestinations Patterns of destinations whose messages stay on the node they
 * are sent on, such as '/topic/local/**' or '/user/queue/errors'.
 * @param receipts Properties of receipts.
 * @param expireWithToken Whether a session ends when the bearer token expires by which
 * Spring Security has authenticated its user.
 * @param heartbeat Time between two heartbeats of the simple broker and, at most, of a
 * client, unless the application has set a heartbeat or a scheduler for it. Use '0' for
 * none.
 * @param queueCapacity Maximum length of three queues: changes of sessions for other
 * nodes, messages about sessions from other nodes, and events for listeners. Further
 * entries are dropped, and the state is requested again.
 */
record StompProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> localDestinations,
		@DefaultValue Receipts receipts, @DefaultValue("true") boolean expireWithToken,
		@DefaultValue("10s") Duration heartbeat, @DefaultValue("65536") int queueCapacity) {

	/**
	 * Properties of receipts.
	 *
	 * @param enabled Whether to answer frames that ask for a receipt with a RECEIPT
	 * frame.
	 */
	record Receipts(@DefaultValue("false") boolean enabled) {
	}

}
