package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code presence}: topics with the number of their keys, or the keys of one
 * topic. Each node knows those of all nodes, so one answers.
 */
final class PresenceSection implements Section {

	/** How many metas of a key on a node are shown. */
	private static final int METAS = 20;

	/** How many fields of a meta are shown. */
	private static final int FIELDS = 20;

	private final PresenceTable table;

	PresenceSection(PresenceTable table) {
		this.table = table;
	}

	@Override
	public String name() {
		return "presence";
	}

	@Override
	public Set<String> filters() {
		return Set.of("prefix", "topic");
	}

	@Override
	public void check(Question question) {
		Assert.isTrue(question.filter("prefix") == null || question.filter("topic") == null,
				"Give a prefix of topics or a topic, not both");
	}

	@Override
	public boolean isLocal() {
		return true;
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		String topic = question.filter("topic");
		return CompletableFuture.completedStage((topic != null) ? keys(question, topic) : topics(question));
	}

	private Page topics(Question question) {
		String prefix = Objects.requireNonNullElse(question.filter("prefix"), "");
		Smallest<Integer> smallest = new Smallest<>(question);
		this.table.forEachTopic((topic, keys) -> {
			if (topic.startsWith(prefix)) {
				smallest.offer(topic, keys);
			}
		});
		return smallest.page((topic, keys) -> {
			Map<String, @Nullable Object> fields = new LinkedHashMap<>();
			fields.put("topic", LogText.of(topic));
			fields.put("entries", keys);
			return new Item(topic, fields);
		});
	}

	private Page keys(Question question, String topic) {
		Smallest<List<PresenceMeta>> smallest = new Smallest<>(question);
		this.table.keys(topic).forEach((key, metas) -> {
			Map<String, List<PresenceMeta>> byNode = new TreeMap<>();
			metas.forEach(
					(meta) -> byNode.computeIfAbsent(meta.node().toString(), (node) -> new ArrayList<>()).add(meta));
			byNode.forEach((node, own) -> smallest.offer(key + '\0' + node, own));
		});
		return smallest.page(PresenceSection::item);
	}

	private static Item item(String key, List<PresenceMeta> metas) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("key", LogText.of(metas.get(0).key()));
		fields.put("node", metas.get(0).node().toString());
		fields.put("metas", metas.stream().limit(METAS).map(PresenceSection::shown).toList());
		fields.put("metaCount", metas.size());
		return new Item(key, fields);
	}

	// objects and lists inside of it are shown as texts
	private static Map<String, @Nullable Object> shown(PresenceMeta meta) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		Map<?, ?> tracked = meta.as(Map.class);
		tracked.entrySet()
			.stream()
			.limit(FIELDS)
			.forEach((field) -> fields.put(LogText.of(field.getKey()), value(field.getValue())));
		return fields;
	}

	private static @Nullable Object value(@Nullable Object value) {
		return (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) ? value
				: LogText.of(value);
	}

}
