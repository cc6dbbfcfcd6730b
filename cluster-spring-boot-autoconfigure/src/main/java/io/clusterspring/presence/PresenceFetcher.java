package io.clusterspring.presence;

import java.util.Map;
import java.util.Set;

/**
 * Adds data to those who are listed, such as the names of users from a database. A bean
 * of this type is called once for each list, each diff and each state, not for each
 * entry: on the thread that lists, or for clients in a mailbox of the topic, where it may
 * block and only holds up that topic. If it fails, clients get what they get without it.
 */
public interface PresenceFetcher {

	/**
	 * Fetch what there is to add.
	 * @param topic the topic
	 * @param keys the keys that are listed, at least one
	 * @return by key an object whose fields stand beside {@code metas}; it must encode to
	 * a JSON object. Keys may be absent.
	 */
	Map<String, ?> fetch(String topic, Set<String> keys);

}
