package io.clusterspring.presence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.pubsub.PayloadCodec;

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

	Map<String, PresenceEntry> list(String topic) {
		Map<String, List<PresenceMeta>> metas = new LinkedHashMap<>(this.table.keys(topic));
		return entries(metas, fetch(topic, metas.keySet()));
	}

	/**
	 * Return a list for a client, which had rather have one without data than none.
	 * @param topic the topic
	 * @return the list
	 */
	Map<String, PresenceEntry> listForClient(String topic) {
		Map<String, List<PresenceMeta>> metas = new LinkedHashMap<>(this.table.keys(topic));
		return entries(metas, fetchOrLog(topic, metas.keySet()));
	}

	@Nullable PresenceEntry get(String topic, String key) {
		List<PresenceMeta> metas = this.table.metas(topic, key);
		return metas.isEmpty() ? null : entry(key, metas, fetch(topic, Set.of(key)).get(key));
	}

	private Map<String, PresenceEntry> entries(Map<String, List<PresenceMeta>> metas, Map<String, ?> data) {
		Map<String, PresenceEntry> entries = new LinkedHashMap<>(2 * metas.size());
		metas.forEach((key, present) -> entries.put(key, entry(key, present, data.get(key))));
		return entries;
	}

	PresenceEntry entry(String key, List<PresenceMeta> metas, @Nullable Object data) {
		return new PresenceEntry(key, metas, data, this.codec);
	}

	Map<String, ?> fetchOrLog(String topic, Set<String> keys) {
		try {
			return fetch(topic, keys);
		}
		catch (RuntimeException ex) {
			logger.error("Clients get presences of '" + topic + "' without what could not be fetched", ex);
			return Map.of();
		}
	}

	private Map<String, ?> fetch(String topic, Set<String> keys) {
		PresenceFetcher present = this.fetcher.get();
		return (present != null && !keys.isEmpty()) ? present.fetch(topic, keys) : Map.of();
	}

}
