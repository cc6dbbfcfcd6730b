package io.clusterspring.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A cut of the link between two nodes.
 *
 * @param one the number of a node
 * @param direction {@code -} to cut both directions, {@code >} to cut from the first node
 * to the second
 * @param other the number of the other node
 */
record LinkCut(int one, char direction, int other) {

	/**
	 * Parse cuts.
	 * @param text such as {@code 1-3 2>4}
	 * @return the cuts
	 */
	static List<LinkCut> of(String text) {
		return List.of(text.split(" "))
			.stream()
			.map((cut) -> new LinkCut(cut.charAt(0) - '0', cut.charAt(1), cut.charAt(2) - '0'))
			.toList();
	}

	/**
	 * Return every single and every double cut.
	 * @param nodes the number of nodes
	 * @return the cuts in the form that is parsed
	 */
	static List<String> all(int nodes) {
		List<LinkCut> single = new ArrayList<>();
		for (int one = 1; one <= nodes; one++) {
			for (int other = one + 1; other <= nodes; other++) {
				single.addAll(List.of(new LinkCut(one, '-', other), new LinkCut(one, '>', other),
						new LinkCut(other, '>', one)));
			}
		}
		List<String> all = new ArrayList<>(single.stream().map(LinkCut::toString).toList());
		for (int first = 0; first < single.size(); first++) {
			for (int second = (first / 3 + 1) * 3; second < single.size(); second++) {
				all.add(single.get(first) + " " + single.get(second));
			}
		}
		return all;
	}

	void apply(BiConsumer<Integer, Integer> oneWay) {
		oneWay.accept(this.one, this.other);
		if (this.direction == '-') {
			oneWay.accept(this.other, this.one);
		}
	}

	boolean isBetween(String first, String second) {
		String ends = first + second;
		return ends.equals("n" + this.one + "n" + this.other) || ends.equals("n" + this.other + "n" + this.one);
	}

	@Override
	public String toString() {
		return "" + this.one + this.direction + this.other;
	}

}
