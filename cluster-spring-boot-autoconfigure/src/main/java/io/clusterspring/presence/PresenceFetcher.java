package io.clusterspring.presence;

import java.util.Map;
import java.util.Set;

/**
 * Adds data to those who are listed, such as the names of users from a database. A bean
 * of this type is called once for each list and each diff, not for each entry, on the
 * thread that lists, or for a diff in a mailbox of its own.
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
