package io.clusterspring.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Merge}.
 */
class MergeTests {

	@Test
	void itemsAreInOrderAndThoseWithOneKeyAreOne() {
		Merge.Merged merged = merge(10, page(false, "a", "c"), page(false, "b", "c", "d"));
		assertThat(merged.items()).extracting(Item::key).containsExactly("a", "b", "c", "d");
		assertThat(merged.items().get(2).fields()).containsEntry("nodes", 2L);
		assertThat(merged.next()).isNull();
	}

	@Test
	void pageEndsWhereTheShortestOfTheOthersEnds() {
		Merge.Merged merged = merge(10, page(true, "a", "b"), page(true, "c", "d", "e"));
		assertThat(merged.items()).extracting(Item::key).containsExactly("a", "b");
		assertThat(merged.next()).isEqualTo("b");
	}

	@Test
	void wholePageSaysThatOthersFollow() {
		assertThat(merge(2, page(false, "a", "b"), page(false, "c")).next()).isEqualTo("b");
		assertThat(merge(3, page(false, "a", "b"), page(false, "c")).next()).isNull();
		assertThat(merge(3).items()).isEmpty();
		assertThat(merge(3).next()).isNull();
	}

	@Test
	void allPagesTogetherShowEverythingOnce() {
		for (long seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			TreeSet<String> expected = new TreeSet<>();
			List<TreeSet<String>> nodes = Stream.generate(TreeSet<String>::new).limit(1 + random.nextInt(5)).toList();
			for (int i = random.nextInt(100); i > 0; i--) {
				String key = "k" + random.nextInt(60);
				nodes.get(random.nextInt(nodes.size())).add(key);
				expected.add(key);
			}
			assertThat(walk(nodes, 1 + random.nextInt(10), random)).as("seed %d", seed)
				.containsExactlyElementsOf(expected);
		}
	}

	// some nodes answer with less than was asked for, as those do whose items are large
	private static List<String> walk(List<TreeSet<String>> nodes, int limit, Random random) {
		List<String> seen = new ArrayList<>();
		String after = "";
		while (after != null) {
			List<Page> pages = new ArrayList<>();
			for (TreeSet<String> keys : nodes) {
				Smallest<String> smallest = new Smallest<>(new Question("test", after, limit, Map.of()));
				keys.forEach((key) -> smallest.offer(key, key));
				Page whole = smallest.page((key, value) -> item(key));
				pages.add(random.nextBoolean() ? whole : whole.within(1 + random.nextInt(200)));
			}
			Merge.Merged merged = Merge.pages(pages, limit, (first, second) -> first);
			merged.items().forEach((item) -> seen.add(item.key()));
			after = merged.next();
		}
		return seen;
	}

	@Test
	void pageThatIsTooLargeIsCutButNeverEmpty() {
		Page page = page(false, "a", "b", "c");
		Page cut = page.within(1);
		assertThat(cut.items()).containsExactly(ItemCodec.withoutFields(item("a")));
		assertThat(cut.more()).isTrue();
		assertThat(page.within(1_000_000)).isSameAs(page);
		assertThat(page.within(2 * ItemCodec.size(item("a"))).items()).hasSize(2);
	}

	private static Merge.Merged merge(int limit, Page... pages) {
		return Merge.pages(List.of(pages), limit, MergeTests::both);
	}

	private static Item both(Item first, Item second) {
		return new Item(first.key(),
				Map.of("nodes", (Long) first.fields().get("nodes") + (Long) second.fields().get("nodes")));
	}

	private static Page page(boolean more, String... keys) {
		return new Page(Stream.of(keys).map(MergeTests::item).toList(), more);
	}

	private static Item item(String key) {
		return new Item(key, Map.of("nodes", 1L));
	}

}
