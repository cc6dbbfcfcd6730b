package io.clusterspring.channel.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelPayloads;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.JacksonPayloadCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RefreshRequest}.
 */
class RefreshRequestTests {

	private static final Principal USER = () -> "alice";

	private static final SocketRequest BEFORE = new SocketRequest("/socket", "websocket",
			Map.of("vsn", List.of("2.0.0"), "token", List.of("old")), Map.of("X-Tenant", List.of("acme")), USER, "auth",
			null);

	@Test
	void whatIsNotNamedStays() {
		assertThat(read("{}")).isEqualTo(BEFORE);
		assertThat(read("{\"params\":{},\"more\":1}")).isEqualTo(BEFORE);
	}

	@Test
	void paramsAndTokenReplaceTheFormerOnes() {
		SocketRequest request = read("{\"authToken\":\"new\",\"params\":{\"token\":\"newer\",\"n\":1.5,\"b\":true,"
				+ "\"list\":[\"1\",2]}}");
		assertThat(request.authToken()).isEqualTo("new");
		assertThat(request.parameters()).isEqualTo(Map.of("vsn", List.of("2.0.0"), "token", List.of("newer"), "n",
				List.of("1.5"), "b", List.of("true"), "list", List.of("1", "2")));
		assertThat(request.header("x-tenant")).isEqualTo("acme");
		assertThat(request.user()).isSameAs(USER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]", "1", "\"token\"", "{\"params\":1}", "{\"params\":null}",
			"{\"params\":[\"a\"]}", "{\"params\":{\"a\":null}}", "{\"params\":{\"a\":{}}}", "{\"params\":{\"a\":[[]]}}",
			"{\"authToken\":1}", "{\"authToken\":null}", "{\"authToken\":{}}" })
	void otherPayloadsAreRefused(String payload) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(payload));
	}

	@Test
	void binaryPayloadIsRefused() {
		SocketPayload binary = SocketPayload.binary(ByteBuffer.wrap(new byte[] { '{', '}' }));
		assertThatIllegalArgumentException().isThrownBy(() -> RefreshRequest.of(BEFORE, received(binary)));
	}

	private static SocketRequest read(String json) {
		return RefreshRequest.of(BEFORE,
				received(SocketPayload.json(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)))));
	}

	private static ChannelPayload received(SocketPayload payload) {
		return ChannelPayloads.received(payload, new JacksonPayloadCodec(JsonMapper.shared()));
	}

}
