package io.clusterspring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BootVersionInitializerTests {

	@Test
	void olderOneIsRefusedWithASentence() {
		assertThatIllegalStateException().isThrownBy(() -> BootVersionInitializer.check("3.5.6"))
			.withMessageContaining("needs Spring Boot 4.0 or later")
			.withMessageContaining("3.5.6");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "4.0.0", "4.1.2", "5.0.0-M1", "10.1.0", "unknown" })
	void othersAreTaken(@Nullable String version) {
		assertThatCode(() -> BootVersionInitializer.check(version)).doesNotThrowAnyException();
	}

}
