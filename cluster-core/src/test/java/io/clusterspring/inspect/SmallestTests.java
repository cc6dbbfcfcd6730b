package io.clusterspring.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Smallest}.
 */
class SmallestTests {

	@Test
	void pagesShowEachKeyOnceAndInOrder() {
		List<String> keys = new ArrayList<>(
				IntStream.range(0, 1000).mapToObj((i) -> String.format("key%04d", i)).toList());
		for (int limit : new int[] { 1, 7, 100, 999, 1000 }) {
			Collections.shuffle(keys, new Random(limit));
			List<String> seen = new ArrayList<>();
			Page page;
			String after = "";
			do {
				page = page(keys, after, limit);
				assertThat(page.items()).hasSizeBetween(1, limit);
				page.items().forEach((item) -> seen.add(item.key()));
				after = seen.get(seen.size() - 1);
			}
			while (page.more());
			assertThat(seen).isSorted().hasSize(1000).doesNotHaveDuplicates();
		}
	}

	@Test
	void onlyWhatIsOnThePageIsDescribed() {
		Smallest<Integer> smallest = new Smallest<>(question("", 3));
		IntStream.range(0, 100).forEach((i) -> smallest.offer("key" + (900 - i), i));
		List<String> described = new ArrayList<>();
		Page page = smallest.page((key, value) -> {
			described.add(key);
			return new Item(key, Map.of());
		});
		assertThat(described).containsExactly("key801", "key802", "key803");
		assertThat(page.more()).isTrue();
	}

	@Test
	void theKeyAfterWhichItBeginsIsLeftOut() {
		Page page = page(List.of("a", "b", "c"), "b", 10);
		assertThat(page.items()).extracting(Item::key).containsExactly("c");
		assertThat(page.more()).isFalse();
		assertThat(page(List.of("a"), "a", 1).items()).isEmpty();
	}

	@Test
	void keysThatAreTooLongForALinkToTheNextPageAreLeftOut() {
		String longest = "k".repeat(Smallest.LONGEST_KEY);
		assertThat(page(List.of(longest, longest + "k"), "", 10).items()).extracting(Item::key)
			.containsExactly(longest);
		assertThat(page(List.of("\u20ac".repeat(Smallest.LONGEST_KEY / 3 + 1)), "", 10).items()).isEmpty();
	}

	private static Page page(List<String> keys, String after, int limit) {
		Smallest<String> smallest = new Smallest<>(question(after, limit));
		keys.forEach((key) -> smallest.offer(key, key));
		return smallest.page((key, value) -> new Item(key, Map.of("value", value)));
	}

	private static Question question(String after, int limit) {
		return new Question("test", after, limit, Map.of());
	}

}
