package io.clusterspring.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a node shows of its histories.
 */
class HistorySectionTests {

	@Test
	void topicAndDestinationOfTheSameNameAreOneItem() {
		HistorySection section = new HistorySection("n1", List.of(source("a", "both", "c"), source("b", "both", "d")));
		assertThat(keys(page(section, "", 10))).containsExactly("a", "b", "both", "c", "d");
		Page first = page(section, "a", 2);
		assertThat(keys(first)).containsExactly("b", "both");
		assertThat(first.more()).isTrue();
		Page second = page(section, "both", 2);
		assertThat(keys(second)).containsExactly("c", "d");
		assertThat(second.more()).isFalse();
		assertThat(amount(first.items().get(0))).containsEntry("messages", 1L);
		assertThat(amount(first.items().get(1))).containsEntry("messages", 2L)
			.containsEntry("bytes", 2 * (long) amount(first.items().get(0)).get("bytes"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> amount(Item item) {
		return ((Map<String, Map<String, Object>>) item.fields().get("nodes")).get("n1");
	}

	private static List<String> keys(Page page) {
		return page.items().stream().map(Item::key).toList();
	}

	private static Page page(HistorySection section, String after, int limit) {
		return section.answer(new Question("history", after, limit, Map.of())).toCompletableFuture().join();
	}

	private static HistorySource source(String... topics) {
		HistorySettings settings = new HistorySettings("all", List.of("*"), 10, Duration.ofMinutes(1), 4000);
		return new HistorySource() {

			@Override
			public boolean isUsed() {
				return true;
			}

			@Override
			public HistoryStatistics statistics() {
				throw new UnsupportedOperationException();
			}

			@Override
			public Duration comparing() {
				return Duration.ZERO;
			}

			@Override
			public void forEachLog(Consumer<TopicLog> action) {
				Stream.of(topics).forEach((topic) -> action.accept(log(topic, settings)));
			}

		};
	}

	private static TopicLog log(String topic, HistorySettings settings) {
		TopicLog log = new TopicLog(topic, settings, new HistoryMemory(), System::nanoTime, new LogCursors());
		log.take(new KeptMessage(Origin.fresh(Node.of("n1@host")), 1, System.nanoTime(), new byte[7], 0, null), true,
				false);
		return log;
	}

}
