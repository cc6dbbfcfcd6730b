package io.clusterspring.history;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HistoryPosition}.
 */
class HistoryPositionTests {

	private static final MessagePosition ONE = new MessagePosition(1, 7);

	private static final MessagePosition OTHER = new MessagePosition(0xFFFF_FFFF_FFFFL, 3);

	@Test
	void theTextHasAllOriginsInOneOrder() {
		HistoryPosition position = HistoryPosition.of(OTHER + "," + ONE);
		assertThat(position).hasToString(ONE + "," + OTHER);
		assertThat(position).isEqualTo(HistoryPosition.of(ONE + "," + OTHER))
			.hasSameHashCodeAs(HistoryPosition.of(ONE + "," + OTHER))
			.isEqualTo(HistoryPosition.of(Map.of(1L, 7L, OTHER.origin(), 3L)))
			.isNotEqualTo(HistoryPosition.of(ONE.toString()))
			.isNotEqualTo(HistoryPosition.of(Map.of(1L, 7L, OTHER.origin(), 4L)));
		assertThat(position.origins()).containsExactly(1L, OTHER.origin());
	}

	@Test
	void theLaterNumberOfAnOriginCounts() {
		HistoryPosition position = HistoryPosition.of("AAAAAAAB:5,AAAAAAAB:9,AAAAAAAB:6");
		assertThat(position.number(1)).isEqualTo(9);
		assertThat(position.number(2)).isEqualTo(-1);
		assertThat(position.with(ONE)).isEqualTo(position);
		assertThat(position.with(new MessagePosition(1, 10)).number(1)).isEqualTo(10);
		assertThat(position.with(OTHER).origins()).hasSize(2);
		assertThat(position.number(1)).isEqualTo(9);
	}

	@Test
	void nothingHasAnEmptyText() {
		assertThat(HistoryPosition.NOTHING).hasToString("").isEqualTo(HistoryPosition.of(""));
		assertThat(HistoryPosition.NOTHING.origins()).isEmpty();
		assertThat(HistoryPosition.NOTHING.number(1)).isEqualTo(-1);
	}

	@Test
	void otherTextsAreRefused() {
		for (String text : new String[] { ",", "AAAAAAAB:5,", "AAAAAAAB", "AAAAAAAB:", "AAAAAAAB:-1", "AAAAAAAB:+1",
				"AAAAAAA:15", "AAAAAAAAB:5", "AAAAAAAB:99999999999999999999", " AAAAAAAB:5", "AAAAAAAB:\u0665",
				"AAAAAAAB:5,".repeat(1490) + "AAAAAAAB:5" }) {
			assertThatIllegalArgumentException().as(text).isThrownBy(() -> HistoryPosition.of(text));
		}
	}

}
