package io.clusterspring.channel.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketSerializer}, with the versions that Phoenix 1.8.12 supports.
 */
class SocketSerializerTests {

	@ParameterizedTest
	@ValueSource(strings = { "2.0.0", "2.0.1", "2.0.17" })
	void everyPatchLevelOf20IsVersion2(String vsn) {
		assertThat(SocketSerializer.forVersion(vsn)).isInstanceOf(V2JsonSerializer.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "1.0.5" })
	void everyPatchLevelOf10IsVersion1(String vsn) {
		assertThat(SocketSerializer.forVersion(vsn)).isInstanceOf(V1JsonSerializer.class);
	}

	@Test
	void withoutAParameterItIsVersion1() {
		assertThat(SocketSerializer.forVersion(null)).isInstanceOf(V1JsonSerializer.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.1.0", "1.1.0", "0.9.0", "9.0.0", "2.0", "2", "abc", "", "12.0.0", "2.0.0 " })
	void otherVersionsAreNotSupported(String vsn) {
		assertThat(SocketSerializer.forVersion(vsn)).isNull();
	}

	@Test
	void serializersAreSharedSoThatABroadcastIsEncodedOnce() {
		assertThat(SocketSerializer.forVersion("2.0.0")).isSameAs(SocketSerializer.forVersion("2.0.9"));
		assertThat(SocketSerializer.forVersion(null)).isSameAs(SocketSerializer.forVersion("1.0.1"));
	}

}
