package io.clusterspring.patience;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A time in which something happens on a machine that is not busy. On a busy one any
 * message may be late, so one of several attempts must meet it.
 */
public final class PromisedTime {

	private static final int TRIES = 5;

	private PromisedTime() {
	}

	/**
	 * Assert that something takes less than a time.
	 * @param millis the time in milliseconds
	 * @param what what takes it, for a failure
	 * @param attempt measures it once
	 * @throws Exception if an attempt fails
	 */
	public static void isMet(long millis, String what, Attempt attempt) throws Exception {
		List<Long> taken = new ArrayList<>();
		do {
			taken.add(attempt.measure(taken.size() + 1));
		}
		while (taken.size() < TRIES && taken.get(taken.size() - 1) >= millis);
		assertThat(Collections.min(taken)).as("milliseconds until " + what + ", in turn: " + taken).isLessThan(millis);
	}

	/**
	 * Measures once.
	 */
	public interface Attempt {

		/**
		 * Let it happen.
		 * @param number the number of this attempt, from one
		 * @return how long it took, in milliseconds
		 * @throws Exception if it does not happen
		 */
		long measure(int number) throws Exception;

	}

}
