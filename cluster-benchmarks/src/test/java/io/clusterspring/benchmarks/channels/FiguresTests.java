package io.clusterspring.benchmarks.channels;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Figures}.
 */
class FiguresTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final Figures figures = new Figures(new PrintStream(this.output, true, StandardCharsets.UTF_8), "load",
			"%.0f at %.1f");

	@Test
	void everyRoundIsPrintedAndTheMedianOfEachFigure() {
		this.figures.add(1, 9);
		this.figures.add(7, 3);
		this.figures.add(2, 4);
		this.figures.printMedians();
		assertThat(lines()).containsExactly("load, 1: 1 at 9.0", "load, 2: 7 at 3.0", "load, 3: 2 at 4.0",
				"load, median: 2 at 4.0");
	}

	@Test
	void theMedianOfTwoIsBetweenThem() {
		this.figures.add(1, 9);
		this.figures.add(7, 3);
		this.figures.printMedians();
		assertThat(lines()).endsWith("load, median: 4 at 6.0");
	}

	private String[] lines() {
		return this.output.toString(StandardCharsets.UTF_8).split("\\R");
	}

}
