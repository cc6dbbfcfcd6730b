package io.clusterspring.presence;

import java.util.Map;
import java.util.Set;

/**
 * Adds data to listed entries, such as the names of users from a database. A bean of this
 * type is called once for each list, each diff and each state, not for each entry. For
 * {@link Presence#list} it runs on the calling thread. For diffs and states it runs in a
 * mailbox of the topic, where it may block and delays only that topic. If it fails,
 * clients get the entries without its data.
 */
public interface PresenceFetcher {

	/**
	 * Fetch data for keys.
	 * @param topic the topic
	 * @param keys at least one key
	 * @return the data by key; each value must encode to a JSON object, whose fields are
	 * added next to {@code metas}. Keys may be missing.
	 */
	Map<String, ?> fetch(String topic, Set<String> keys);

}
