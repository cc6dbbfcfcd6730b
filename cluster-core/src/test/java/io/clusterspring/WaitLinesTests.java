package io.clusterspring;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WaitLines}.
 */
class WaitLinesTests {

	private static final Node N1 = Node.of("n1@h");

	private static final Node N2 = Node.of("n2@h");

	private static final Node N3 = Node.of("n3@h");

	private final WaitLines lines = new WaitLines(N1);

	@Test
	void onlyWhatIsMissingIsNamed() {
		assertThat(this.lines.next(List.of(), List.of(N2), 0, List.of(N1), 1))
			.isEqualTo("n1@h waits for optional nodes [n2@h], for 1 s now; present are [n1@h]");
		assertThat(this.lines.next(List.of(N3), List.of(), 0, List.of(N1, N2), 2))
			.isEqualTo("n1@h waits for mandatory nodes [n3@h], for 2 s now; present are [n1@h, n2@h]");
		assertThat(this.lines.next(List.of(), List.of(), 3, List.of(N1, N2), 3))
			.isEqualTo("n1@h waits for 3 nodes in all, for 3 s now; present are [n1@h, n2@h]");
		assertThat(this.lines.next(List.of(N2), List.of(N3), 4, List.of(N1), 4))
			.isEqualTo("n1@h waits for mandatory nodes [n2@h] and optional nodes [n3@h] and 4 nodes in all, "
					+ "for 4 s now; present are [n1@h]");
	}

	@Test
	void lineIsRepeatedAfterTenSeconds() {
		assertThat(waitForN2(1)).isNotNull();
		for (int second = 2; second <= 10; second++) {
			assertThat(waitForN2(second)).as("second %d", second).isNull();
		}
		assertThat(waitForN2(11)).contains("for 11 s now");
		assertThat(waitForN2(12)).isNull();
		assertThat(waitForN2(20)).isNull();
		assertThat(waitForN2(21)).contains("for 21 s now");
	}

	@Test
	void changeIsToldAtOnce() {
		assertThat(waitForN2(1)).isNotNull();
		assertThat(waitForN2(2)).isNull();
		assertThat(this.lines.next(List.of(), List.of(N2), 0, List.of(N1, N3), 3)).contains("present are [n1@h, n3@h]");
		assertThat(this.lines.next(List.of(), List.of(N2), 0, List.of(N1, N3), 12)).isNull();
		assertThat(waitForN2(12)).contains("present are [n1@h]");
	}

	private String waitForN2(long second) {
		return this.lines.next(List.of(), List.of(N2), 0, List.of(N1), second);
	}

}
