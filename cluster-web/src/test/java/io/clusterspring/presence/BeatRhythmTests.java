package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link BeatRhythm}.
 */
class BeatRhythmTests {

	private final BeatRhythm rhythm = new BeatRhythm();

	@Test
	void numberIsToldInARowAndThenSeldom() {
		assertThat(due(0, 12)).containsExactly(0, 1, 2, 5, 10);
	}

	@Test
	void changeIsToldInARowAgain() {
		due(0, 4);
		assertThat(due(1, 6)).containsExactly(0, 1, 2, 5);
	}

	// the intervals with a beat
	private List<Integer> due(long last, int intervals) {
		List<Integer> due = new ArrayList<>();
		for (int interval = 0; interval < intervals; interval++) {
			if (this.rhythm.isDue(last)) {
				due.add(interval);
			}
		}
		return due;
	}

}
