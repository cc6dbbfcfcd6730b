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
 * Creates lists from the table, with the data of the {@link PresenceFetcher}.
 */
record PresenceLists(PresenceTable table, PayloadCodec codec, Supplier<@Nullable PresenceFetcher> fetcher) {

	private static final Log logger = LogFactory.getLog(PresenceLists.class);

	boolean hasFetcher() {
		return this.fetcher.get() != null;
	}

	Map<String, PresenceEntry> list(String topic) {
		Map<String, PresenceEntry> entries = read(topic);
		return with(entries, fetch(topic, entries.keySet()));
	}

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
	 * Fetch data for clients. If the fetcher fails, clients get entries without its data.
	 */
	Map<String, ?> fetchForClients(String topic, Set<String> keys) {
		try {
			return fetch(topic, keys);
		}
		catch (RuntimeException ex) {
			logger.error("The PresenceFetcher failed; clients get the presences of '" + LogText.of(topic)
					+ "' without its data", LogText.failure(ex));
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
			logger.error("The data of the PresenceFetcher cannot be encoded; clients get '" + LogText.of(key)
					+ "' without it", LogText.failure(ex));
			return new PresenceEntry(key, metas, null, this.codec);
		}
	}

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
