package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.jgroups.view.ViewSimulation.Member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Every single and every double cut among three and four nodes, in one direction or both,
 * each with several seeds.
 */
class ViewSimulationTests {

	private static final long SEEDS = Long.getLong("view.seeds", 2);

	private static final long SLACK = 2000;

	private static final long CUT = 30_000;

	@ParameterizedTest
	@MethodSource
	void viewsAreTrueFromBothSidesAndOneAgain(int size, List<Cut> cuts) {
		for (long seed = 0; seed < SEEDS; seed++) {
			run(size, cuts, seed, 0);
		}
	}

	@ParameterizedTest
	@MethodSource("viewsAreTrueFromBothSidesAndOneAgain")
	void linksThatBreakOneAfterTheOther(int size, List<Cut> cuts) {
		for (long seed = 0; seed < SEEDS; seed++) {
			run(size, cuts, seed, new Random(seed).nextInt(6000));
		}
	}

	private static void run(int size, List<Cut> cuts, long seed, long between) {
		ViewSimulation network = new ViewSimulation(size, seed);
		String what = cuts + " with seed " + seed + ", " + between + " ms apart: ";
		network.runUntil(network.now() + 10_000 + seed * 37);
		for (Cut cut : cuts) {
			cut.apply(network);
			network.runUntil(network.now() + between);
		}
		long cut = network.now();
		network.runUntil(cut + ViewSimulation.DETECTION + SLACK);
		while (network.now() < cut + CUT) {
			areTrueFromBothSides(network, what);
			network.runUntil(network.now() + 100);
		}
		for (Member member : network.members) {
			assertThat(member.changes).as(what + "view changes of " + member)
				.hasSizeLessThanOrEqualTo((between > 0) ? 3 : 1);
		}
		network.heal();
		network.runUntil(network.now() + 10_000);
		network.members.forEach((member) -> assertThat(member.present()).as(what + network.members).hasSize(size));
	}

	private static void areTrueFromBothSides(ViewSimulation network, String what) {
		if (!isAgreed(network)) {
			// a new view is on its way to some
			network.runUntil(network.now() + 500);
			if (!isAgreed(network)) {
				fail(what + network.now() + " " + network.members);
			}
		}
	}

	private static boolean isAgreed(ViewSimulation network) {
		return network.members.stream()
			.allMatch((one) -> one.present()
				.stream()
				.allMatch((other) -> network.isUpBothWays(one, other)
						&& Set.copyOf(other.present()).equals(Set.copyOf(one.present()))));
	}

	static Stream<Arguments> viewsAreTrueFromBothSidesAndOneAgain() {
		return Stream.of(3, 4).flatMap((size) -> cuts(size).stream().map((cuts) -> Arguments.of(size, cuts)));
	}

	private static List<List<Cut>> cuts(int size) {
		List<Cut> single = new ArrayList<>();
		for (int one = 1; one <= size; one++) {
			for (int other = one + 1; other <= size; other++) {
				for (String direction : List.of("-", ">", "<")) {
					single.add(new Cut(one, direction, other));
				}
			}
		}
		List<List<Cut>> cuts = new ArrayList<>(single.stream().map(List::of).toList());
		for (Cut first : single) {
			single.stream().filter(first::isBefore).forEach((second) -> cuts.add(List.of(first, second)));
		}
		return cuts;
	}

	/**
	 * A link that is cut.
	 *
	 * @param one an end
	 * @param direction which way nothing gets through, {@code -} for both
	 * @param other the other end
	 */
	record Cut(int one, String direction, int other) {

		void apply(ViewSimulation network) {
			if (!"<".equals(this.direction)) {
				network.cut(this.one, this.other);
			}
			if (!">".equals(this.direction)) {
				network.cut(this.other, this.one);
			}
		}

		boolean isBefore(Cut second) {
			return this.one < second.one || (this.one == second.one && this.other < second.other);
		}

		@Override
		public String toString() {
			return "n" + this.one + this.direction + "n" + this.other;
		}

	}

}
