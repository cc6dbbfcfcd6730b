package io.clusterspring.pubsub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code topics}: the topics with subscriptions, and how many each node has.
 */
public final class TopicsSection implements Section {

	private static final String SUBSCRIPTIONS = "subscriptions";

	private final Node self;

	private final ClusterPubSub pubSub;

	/** Create the section. */
	public TopicsSection(Node self, ClusterPubSub pubSub) {
		this.self = self;
		this.pubSub = pubSub;
	}

	@Override
	public String name() {
		return "topics";
	}

	@Override
	public Set<String> filters() {
		return Set.of("prefix");
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		String prefix = Objects.requireNonNullElse(question.filter("prefix"), "");
		Smallest<Integer> smallest = new Smallest<>(question);
		this.pubSub.forEachTopic((topic, subscriptions) -> {
			if (topic.startsWith(prefix)) {
				smallest.offer(topic, subscriptions);
			}
		});
		return CompletableFuture.completedStage(smallest.page(this::item));
	}

	private Item item(String topic, int subscriptions) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("topic", LogText.of(topic));
		fields.put(SUBSCRIPTIONS, Map.of(this.self.toString(), (long) subscriptions));
		return new Item(topic, fields);
	}

	@Override
	public Item merge(Item first, Item second) {
		Map<String, Object> all = new TreeMap<>();
		for (Item item : new Item[] { first, second }) {
			if (item.fields().get(SUBSCRIPTIONS) instanceof Map<?, ?> some) {
				some.forEach((node, count) -> all.put(String.valueOf(node), count));
			}
		}
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("topic", LogText.of(first.key()));
		fields.put(SUBSCRIPTIONS, all);
		return new Item(first.key(), fields);
	}

}
