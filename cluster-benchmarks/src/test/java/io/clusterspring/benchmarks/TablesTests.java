package io.clusterspring.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Tables}, {@link Medians} and {@link Settings}.
 */
class TablesTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final Tables tables = new Tables(Settings.of(), new PrintStream(this.output, true, StandardCharsets.UTF_8));

	@Test
	void aRowHoldsMediansAndTheRatio() {
		Medians<Rate> rates = new Medians<>();
		for (double micros : new double[] { 9, 2, 3 }) {
			rates.add(Variant.TOPICS, Rate.of(new Flood(1000, 1, 1000, 1_000_000), Math.round(micros * 1_000_000)));
		}
		rates.add(Variant.RAW, new Rate(2_000_000, 2, 0));
		this.tables.floods("many", rates);
		assertThat(printed()).contains("| many | topics | 1,000,000 | 3.00 | 0 |  |")
			.contains("| many | JGroups, same stack | 2,000,000 | 2.00 | 0 | 1.50 |");
		assertThat(this.tables.lost()).isZero();
	}

	@Test
	void whatIsLostInAnyRoundIsTold() {
		Medians<Rate> rates = new Medians<>();
		rates.add(Variant.TOPICS, Rate.of(new Flood(1000, 3, 3000, 1), 1));
		rates.add(Variant.TOPICS, Rate.of(new Flood(1000, 3, 2990, 1), 1));
		rates.add(Variant.RAW, Rate.of(new Flood(1000, 3, 3000, 1), 1));
		this.tables.floods("many", rates);
		assertThat(this.tables.lost()).isEqualTo(10);
		assertThat(printed()).containsPattern("topics .* \\| 10 \\|");
	}

	@Test
	void roundTripsAreInMicroseconds() {
		Medians<RoundTrips> trips = new Medians<>();
		trips.add(Variant.TOPICS, RoundTrips.of(new String[] { "10", "90000", "200000" }, 1_000_000));
		trips.add(Variant.RAW, RoundTrips.of(new String[] { "10", "60000", "200000" }, 1_000_000));
		this.tables.roundTrips("to and fro", trips);
		assertThat(printed()).contains("| to and fro | topics | 90.0 | 200.0 | 100.0 |  |")
			.contains("| 60.0 | 200.0 | 100.0 | 1.50 |");
	}

	@Test
	void anUnknownSettingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Settings.of("--second=3"))
			.withMessageContaining("'--second=3' is none of");
	}

	private String printed() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

}
