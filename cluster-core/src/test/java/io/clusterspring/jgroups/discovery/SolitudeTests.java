package io.clusterspring.jgroups.discovery;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;

import static org.assertj.core.api.Assertions.assertThat;

class SolitudeTests {

	private static final UnreachedPlace N2 = new UnreachedPlace("n2:7800", Cause.REFUSED, "connection refused");

	private static final UnreachedPlace N3 = new UnreachedPlace("n3:7800", Cause.REFUSED, "connection refused");

	private static final UnreachedPlace COOKIE = new UnreachedPlace("n2:7800", Cause.COOKIE, "wrong cookie");

	private final Solitude solitude = new Solitude();

	private long now = Long.MAX_VALUE - 100;

	@Test
	void nodeThatIsAloneForAWhileSaysWhyOnce() {
		assertThat(alone(N2)).isNull();
		pass(Solitude.PATIENCE_NANOS - 1);
		assertThat(alone(N2)).isNull();
		pass(1);
		assertThat(alone(N2, N3)).isEqualTo("n2:7800, n3:7800: connection refused");
		pass(Solitude.PATIENCE_NANOS);
		assertThat(alone(N2, N3)).isNull();
	}

	@Test
	void anotherCauseIsNews() {
		alone();
		pass(Solitude.PATIENCE_NANOS);
		assertThat(alone(N2)).isNotNull();
		assertThat(alone(COOKIE)).isEqualTo("n2:7800: wrong cookie");
		assertThat(alone(N2)).as("said before").isNull();
	}

	@Test
	void nodeThatIsNotAloneSaysNothingAndBeginsAnew() {
		alone(N2);
		pass(Solitude.PATIENCE_NANOS);
		assertThat(alone(N2)).isNotNull();
		assertThat(this.solitude.news(false, List.of(N3), this.now)).isNull();
		assertThat(alone(N2)).isNull();
		pass(Solitude.PATIENCE_NANOS);
		assertThat(alone(N2)).isNotNull();
	}

	@Test
	void nodeThatLooksForNobodySaysNothing() {
		alone();
		pass(10 * Solitude.PATIENCE_NANOS);
		assertThat(alone()).isNull();
	}

	@Test
	void manyPlacesMakeAShortLineAndNoMoreThanAThousandAreTold() {
		UnreachedPlace[] many = IntStream.range(0, 5000)
			.mapToObj((index) -> new UnreachedPlace("h" + index + ":1", Cause.REFUSED, "refused"))
			.toArray(UnreachedPlace[]::new);
		alone();
		pass(Solitude.PATIENCE_NANOS);
		assertThat(alone(many)).isEqualTo("h0:1, h1:1, h2:1, h3:1, h4:1 and 995 more: refused");
		assertThat(alone(many)).isNull();
	}

	private String alone(UnreachedPlace... unreached) {
		return this.solitude.news(true, List.of(unreached), this.now);
	}

	private void pass(long nanos) {
		this.now += nanos;
	}

}
