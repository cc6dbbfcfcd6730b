package io.clusterspring.channel.websocket;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuthTokenProtocol}.
 */
class AuthTokenProtocolTests {

	@ParameterizedTest
	@CsvSource({ "MTIzNA, 1234", "YT4/Pw, a>??", "YT4_Pw, a>??", "fn5-, ~~~", "fn5+, ~~~", "MTIzNA==, 1234", "w6k, é",
			"'', ''" })
	void tokenIsReadInBothAlphabetsWithOrWithoutPadding(String encoded, String token) {
		assertThat(AuthTokenProtocol.token(List.of("phoenix", "base64url.bearer.phx." + encoded))).isEqualTo(token);
	}

	@ParameterizedTest
	@CsvSource({ "base64url.bearer.phx.%%%", "base64url.bearer.phx.A", "bearer.MTIzNA", "phoenix" })
	void invalidTokenIsIgnored(String protocol) {
		assertThat(AuthTokenProtocol.token(List.of(protocol))).isNull();
	}

	@Test
	void phoenixIsChosenOnlyIfThereIsAToken() {
		assertThat(AuthTokenProtocol.choose(List.of("phoenix", "base64url.bearer.phx.MTIzNA"))).isEqualTo("phoenix");
		assertThat(AuthTokenProtocol.choose(List.of("phoenix"))).isNull();
		assertThat(AuthTokenProtocol.choose(List.of("base64url.bearer.phx.MTIzNA"))).isNull();
		assertThat(AuthTokenProtocol.choose(List.of())).isNull();
	}

}
