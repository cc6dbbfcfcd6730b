package io.clusterspring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SeedTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.1,10.0.0.1,", "' host ',host,", "host:7800,host,7800", "n1@host,host,", "n1@host:1,host,1",
			"[::1],::1,", "[::1]:7800,::1,7800", "n1@[fe80::1]:7800,fe80::1,7800", "fe80::1,fe80::1,", "::1,::1," })
	void readsHostsWithAndWithoutNamesAndPorts(String text, String host, Integer port) {
		assertThat(Seed.of(text)).isEqualTo(new Seed(host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "@", "n1@", "host:", "host:port", "host:0", "host:65536", "a b", "a@b@c", "[host",
			":1", "http://host" })
	void refusesAnythingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Seed.of(text));
	}

	@Test
	void textCanBeReadAgain() {
		assertThat(new Seed("::1", 7800)).hasToString("[::1]:7800");
		assertThat(Seed.of(new Seed("::1", null).toString())).isEqualTo(new Seed("::1", null));
		assertThat(Seed.of(NodeAddress.of("n1@host:7801"))).hasToString("host:7801");
	}

}
