package io.clusterspring;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PayloadLimitTests {

	private final PayloadLimit limit = new PayloadLimit(PayloadLimit.SMALLEST);

	@Test
	void payloadOfTheLargestSizePassesWithWhatIsAroundIt() {
		this.limit.check(PayloadLimit.SMALLEST);
		this.limit.checkFrame(PayloadLimit.SMALLEST + PayloadLimit.AROUND);
		assertThat(this.limit.refused()).isZero();
	}

	@Test
	void oneByteMoreIsRefusedAndCounted() {
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> this.limit.check(PayloadLimit.SMALLEST + 1))
			.withMessageContaining("cluster.max-payload-size is 1048576 bytes")
			.satisfies((ex) -> assertThat(ex.size()).isEqualTo(PayloadLimit.SMALLEST + 1))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(PayloadLimit.SMALLEST));
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> this.limit.checkFrame(PayloadLimit.SMALLEST + PayloadLimit.AROUND + 1));
		assertThat(this.limit.refused()).isEqualTo(2);
	}

	@Test
	void limitIsFromOneMegabyteToOneGigabyte() {
		assertThat(new PayloadLimit(PayloadLimit.LARGEST).bytes()).isEqualTo(1L << 30);
		assertThatIllegalArgumentException().isThrownBy(() -> new PayloadLimit(PayloadLimit.SMALLEST - 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new PayloadLimit(PayloadLimit.LARGEST + 1));
	}

}
