package io.clusterspring.presence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.text.LogText;

/**
 * Makes lists of the table, with what the application has to add.
 */
final class PresenceLists {

	private static final Log logger = LogFactory.getLog(PresenceLists.class);

	private final PresenceTable table;

	private final PayloadCodec codec;

	private final Supplier<@Nullable PresenceFetcher> fetcher;

	PresenceLists(PresenceTable table, PayloadCodec codec, Supplier<@Nullable PresenceFetcher> fetcher) {
		this.table = table;
		this.codec = codec;
		this.fetcher = fetcher;
	}

	boolean hasFetcher() {
		return this.fetcher.get() != null;
	}

	Map<String, PresenceEntry> list(String topic) {
		Map<String, PresenceEntry> entries = read(topic);
		return with(entries, fetch(topic, entries.keySet()));
	}

	/**
	 * Read who is on a topic, which waits for nobody.
	 * @param topic the topic
	 * @return the entries, without what is to be fetched
	 */
	Map<String, PresenceEntry> read(String topic) {
		Map<String, List<PresenceMeta>> keys = this.table.keys(topic);
		Map<String, PresenceEntry> entries = new LinkedHashMap<>(keys.size() * 4 / 3 + 1);
		keys.forEach((key, metas) -> entries.put(key, new PresenceEntry(key, metas, null, this.codec)));
		return entries;
	}

	@Nullable PresenceEntry get(String topic, String key) {
		List<PresenceMeta> metas = this.table.metas(topic, key);
		return metas.isEmpty() ? null : new PresenceEntry(key, metas, fetch(topic, Set.of(key)).get(key), this.codec);
	}

	/**
	 * Add what is to be fetched for clients, who had rather have entries without it than
	 * none.
	 * @param topic the topic
	 * @param keys whom to fetch for
	 * @return what can be encoded, by key
	 */
	Map<String, ?> fetchForClients(String topic, Set<String> keys) {
		try {
			return fetch(topic, keys);
		}
		catch (RuntimeException ex) {
			logger.error("Clients get presences of '" + LogText.of(topic) + "' without what could not be fetched",
					LogText.failure(ex));
			return Map.of();
		}
	}

	PresenceEntry entryForClients(String key, List<PresenceMeta> metas, @Nullable Object data) {
		PresenceEntry entry = new PresenceEntry(key, metas, data, this.codec);
		try {
			entry.fields();
			return entry;
		}
		catch (RuntimeException ex) {
			logger.error("Clients get '" + LogText.of(key) + "' without what was fetched", LogText.failure(ex));
			return new PresenceEntry(key, metas, null, this.codec);
		}
	}

	/**
	 * Write {@code presence_state}.
	 * @param topic the topic
	 * @param entries what was read
	 * @return the JSON in UTF-8
	 */
	byte[] state(String topic, Map<String, PresenceEntry> entries) {
		Map<String, ?> data = fetchForClients(topic, entries.keySet());
		data.forEach((key, fetched) -> entries.computeIfPresent(key,
				(same, entry) -> entryForClients(key, entry.metas(), fetched)));
		return new PresenceJson(128 * (entries.size() + 1)).state(entries).toBytes();
	}

	private Map<String, PresenceEntry> with(Map<String, PresenceEntry> entries, Map<String, ?> data) {
		data.forEach((key, fetched) -> entries.computeIfPresent(key,
				(same, entry) -> new PresenceEntry(key, entry.metas(), fetched, this.codec)));
		return entries;
	}

	private Map<String, ?> fetch(String topic, Set<String> keys) {
		PresenceFetcher present = this.fetcher.get();
		return (present != null && !keys.isEmpty()) ? present.fetch(topic, Collections.unmodifiableSet(keys))
				: Map.of();
	}

}
