package io.clusterspring.channel.tap;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.RefusedQuestionException;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code taps}: what a tap has seen, in the order of the moments, the nodes
 * and the numbers.
 */
record TapsSection(String self, Taps taps) implements Section {

	@Override
	public String name() {
		return "taps";
	}

	@Override
	public Set<String> filters() {
		return Set.of("tap");
	}

	@Override
	public void check(Question question) {
		TapRequest.requireId(question.filter("tap"));
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		Tap tap = this.taps.find(TapRequest.requireId(question.filter("tap")));
		if (tap == null) {
			return CompletableFuture
				.failedStage(new RefusedQuestionException("has no tap of this id, or has forgotten it"));
		}
		boolean payloads = tap.request().payloads();
		Smallest<Map<String, @Nullable Object>> smallest = new Smallest<>(question);
		List<Tap.Entry> entries = tap.entries();
		if (!entries.isEmpty() && entries.get(0).lostBefore() > 0) {
			Tap.Entry first = entries.get(0);
			smallest.offer(key(first.at(), first.lostBefore()), lost(first));
		}
		entries.forEach((entry) -> smallest.offer(key(entry.at(), entry.number()), fields(entry, payloads)));
		return CompletableFuture.completedStage(smallest.page(Item::new));
	}

	private String key(long at, long number) {
		return String.format("%015d %s %016x", at, this.self, number);
	}

	private Map<String, @Nullable Object> place(long at, long number, String direction) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("at", Instant.ofEpochMilli(at).toString());
		fields.put("node", this.self);
		fields.put("number", number);
		fields.put("direction", direction);
		return fields;
	}

	private Map<String, @Nullable Object> lost(Tap.Entry first) {
		Map<String, @Nullable Object> fields = place(first.at(), first.lostBefore(), "lost");
		fields.put("lost", first.lostBefore());
		return fields;
	}

	private Map<String, @Nullable Object> fields(Tap.Entry entry, boolean payloads) {
		SeenMessage seen = entry.seen();
		Map<String, @Nullable Object> fields = place(entry.at(), entry.number(), direction(seen));
		fields.put("topic", seen.topic());
		fields.put("event", seen.event());
		fields.put("bytes", seen.bytes());
		TappedClient client = seen.client();
		if (client != null) {
			fields.put("user", text(client.user()));
			fields.put("socket", client.connection());
		}
		if (seen.from() != null) {
			fields.put("from", seen.from());
			fields.put("sockets", seen.sockets());
		}
		if (payloads) {
			fields.put("payload", seen.payload());
		}
		return fields;
	}

	private String direction(SeenMessage seen) {
		if (seen.direction() == Direction.IN) {
			return "in";
		}
		return (seen.from() == null || seen.from().equals(this.self)) ? "out" : "cluster";
	}

	private static @Nullable String text(@Nullable String foreign) {
		return (foreign != null) ? LogText.of(foreign) : null;
	}

}
