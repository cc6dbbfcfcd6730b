package io.clusterspring.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code history}: what each node keeps of topics and destinations with
 * history.
 */
public final class HistorySection implements Section {

	private static final String NODES = "nodes";

	private final String self;

	private final List<HistorySource> histories;

	/**
	 * Create the section.
	 * @param self the name of this node
	 * @param histories what it keeps
	 */
	public HistorySection(String self, List<HistorySource> histories) {
		this.self = self;
		this.histories = List.copyOf(histories);
	}

	@Override
	public String name() {
		return "history";
	}

	@Override
	public Set<String> filters() {
		return Set.of("prefix");
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		String prefix = Objects.requireNonNullElse(question.filter("prefix"), "");
		List<Page> pages = this.histories.stream().map((history) -> page(question, prefix, history)).toList();
		return CompletableFuture.completedStage(Page.of(question, pages, this::sum));
	}

	private Page page(Question question, String prefix, HistorySource history) {
		Smallest<TopicLog> smallest = new Smallest<>(question);
		history.forEachLog((log) -> {
			if (log.topic().startsWith(prefix)) {
				smallest.offer(log.topic(), log);
			}
		});
		return smallest.page((topic, log) -> item(topic, log.size(), log.bytes()));
	}

	// a topic and a destination may have the same name
	private Item sum(Item first, Item second) {
		return item(first.key(), amount(first, "messages") + amount(second, "messages"),
				amount(first, "bytes") + amount(second, "bytes"));
	}

	private long amount(Item item, String name) {
		return (item.fields().get(NODES) instanceof Map<?, ?> nodes && nodes.get(this.self) instanceof Map<?, ?> amounts
				&& amounts.get(name) instanceof Number number) ? number.longValue() : 0;
	}

	private Item item(String topic, long messages, long bytes) {
		Map<String, Object> amount = new LinkedHashMap<>();
		amount.put("messages", messages);
		amount.put("bytes", bytes);
		return item(topic, Map.of(this.self, amount));
	}

	private static Item item(String topic, Map<String, @Nullable Object> nodes) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("topic", LogText.of(topic));
		fields.put(NODES, nodes);
		return new Item(topic, fields);
	}

	@Override
	public Item merge(Item first, Item second) {
		Map<String, @Nullable Object> all = new TreeMap<>();
		for (Item item : new Item[] { first, second }) {
			if (item.fields().get(NODES) instanceof Map<?, ?> some) {
				some.forEach((node, amount) -> all.put(String.valueOf(node), amount));
			}
		}
		return item(first.key(), all);
	}

}
