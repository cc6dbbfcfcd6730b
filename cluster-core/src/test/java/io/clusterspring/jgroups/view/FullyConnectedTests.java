package io.clusterspring.jgroups.view;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FullyConnectedTests {

	@Test
	void withoutCutsThereIsOnePart() {
		assertThat(parts(3)).containsExactly(Set.of(1, 2, 3));
	}

	@Test
	void ofTwoThatDoNotReachEachOtherTheElderStays() {
		assertThat(parts(3, "13")).containsExactlyInAnyOrder(Set.of(1, 2), Set.of(3));
		assertThat(parts(3, "12")).containsExactlyInAnyOrder(Set.of(1, 3), Set.of(2));
		assertThat(parts(3, "23")).containsExactlyInAnyOrder(Set.of(1, 2), Set.of(3));
	}

	@Test
	void oneThatHasLostTwoIsAlone() {
		assertThat(parts(3, "12", "13")).containsExactlyInAnyOrder(Set.of(1), Set.of(2, 3));
		assertThat(parts(4, "12", "13")).containsExactlyInAnyOrder(Set.of(1), Set.of(2, 3, 4));
		assertThat(parts(5, "12", "13", "14")).containsExactlyInAnyOrder(Set.of(1), Set.of(2, 3, 4, 5));
	}

	@Test
	void twoLinksBetweenFourMakeTwoParts() {
		assertThat(parts(4, "13", "24")).containsExactlyInAnyOrder(Set.of(1, 2), Set.of(3, 4));
		assertThat(parts(4, "12", "34")).containsExactlyInAnyOrder(Set.of(1, 3), Set.of(2, 4));
	}

	@Test
	void networkThatFallsInTwoMakesTheTwo() {
		assertThat(parts(4, "13", "14", "23", "24")).containsExactlyInAnyOrder(Set.of(1, 2), Set.of(3, 4));
	}

	@Test
	void anyCutsMakePartsThatAreFullyConnected() {
		Random random = new Random(7);
		for (int round = 0; round < 2000; round++) {
			int members = 2 + random.nextInt(9);
			double share = random.nextDouble();
			boolean[][] cut = new boolean[members + 1][members + 1];
			for (int one = 1; one <= members; one++) {
				for (int other = one + 1; other <= members; other++) {
					cut[one][other] = random.nextDouble() < share;
					cut[other][one] = cut[one][other];
				}
			}
			List<Integer> all = IntStream.rangeClosed(1, members).boxed().toList();
			for (int own : all) {
				Set<Integer> part = FullyConnected.partOf(own, all, (one, other) -> cut[one][other]);
				assertThat(part).contains(own);
				part.forEach((one) -> part.forEach((other) -> assertThat(cut[one][other]).isFalse()));
				part.forEach(
						(other) -> assertThat(FullyConnected.partOf(other, all, (first, second) -> cut[first][second]))
							.isEqualTo(part));
			}
		}
	}

	private static Set<Set<Integer>> parts(int members, String... cuts) {
		List<Integer> all = IntStream.rangeClosed(1, members).boxed().toList();
		Set<String> broken = Set.of(cuts);
		return all.stream()
			.map((own) -> FullyConnected.partOf(own, all,
					(one, other) -> broken.contains("" + one + other) || broken.contains("" + other + one)))
			.collect(Collectors.toSet());
	}

}
