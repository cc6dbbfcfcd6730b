package io.clusterspring.autoconfigure;

import java.util.Collection;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * How many typing errors lie between two words: letters that are missing, too many, wrong
 * or swapped with their neighbour.
 */
final class EditDistance {

	private static final int MOST_ERRORS = 5;

	private EditDistance() {
	}

	/**
	 * Find the word that is meant by another one.
	 * @param given the word that is given
	 * @param words the words that there are
	 * @return the one that is most like it, or {@code null} if none is
	 */
	static @Nullable String nearest(String given, Collection<String> words) {
		int most = most(given);
		return words.stream()
			.filter((word) -> of(given, word) <= most)
			.min(Comparator.comparingInt((word) -> of(given, word)))
			.orElse(null);
	}

	/**
	 * Return how many typing errors a word may have so that another one is meant by it.
	 */
	static int most(String given) {
		return Math.min(MOST_ERRORS, Math.max(1, given.length() / 3));
	}

	static int of(String from, String to) {
		int[][] cost = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			for (int j = 0; j <= to.length(); j++) {
				cost[i][j] = (i == 0 || j == 0) ? i + j : cheapest(cost, from, to, i, j);
			}
		}
		return cost[from.length()][to.length()];
	}

	private static int cheapest(int[][] cost, String from, String to, int i, int j) {
		int wrong = (from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1;
		int least = Math.min(cost[i - 1][j - 1] + wrong, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
		boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
				&& from.charAt(i - 2) == to.charAt(j - 1);
		return swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
	}

}
