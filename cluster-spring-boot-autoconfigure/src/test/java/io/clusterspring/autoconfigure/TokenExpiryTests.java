package io.clusterspring.autoconfigure;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.expiry.UserExpiry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenExpiry} and its bean.
 */
class TokenExpiryTests {

	private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant PAST = ISSUED.plusSeconds(60);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				ChannelAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);

	@Test
	void bearerTokenOfAnyKindExpires() {
		OAuth2AccessToken opaque = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "opaque", ISSUED, PAST);
		assertThat(new TokenExpiry().expiresAt(user())).isEqualTo(PAST);
		assertThat(new TokenExpiry().expiresAt(new BearerTokenAuthentication(
				new DefaultOAuth2AuthenticatedPrincipal("alice", Map.of("a", 1), List.of()), opaque, List.of())))
			.isEqualTo(PAST);
	}

	@Test
	void tokenThatAConverterHasPutIntoAnotherAuthenticationExpires() {
		Jwt jwt = ((JwtAuthenticationToken) user()).getToken();
		assertThat(new TokenExpiry().expiresAt(new PreAuthenticatedAuthenticationToken("alice", jwt))).isEqualTo(PAST);
		assertThat(new TokenExpiry().expiresAt(new PreAuthenticatedAuthenticationToken(jwt, "none"))).isEqualTo(PAST);
	}

	@Test
	void otherUsersDoNotExpire() {
		assertThat(new TokenExpiry().expiresAt(new TestingAuthenticationToken("alice", "secret"))).isNull();
		assertThat(new TokenExpiry().expiresAt(() -> "alice")).isNull();
		assertThat(new TokenExpiry().expiresAt(
				new JwtAuthenticationToken(Jwt.withTokenValue("t").header("alg", "none").subject("alice").build())))
			.isNull();
	}

	@Test
	void socketOfAnExpiredTokenIsRefusedUnlessItIsTurnedOff() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(TokenExpiry.class);
			assertThat(context.getBean(ChannelServer.class).connect(request())).isEqualTo(SocketRefusal.EXPIRED);
		});
		this.runner.withPropertyValues("cluster.channels.expire-with-token=false")
			.run((context) -> assertThat(context.getBean(ChannelServer.class).connect(request()))
				.isInstanceOf(AcceptedSocket.class));
	}

	@Test
	void beanOfTheApplicationTakesItsPlace() {
		this.runner.withBean(UserExpiry.class, () -> (user) -> null)
			.run((context) -> assertThat(context.getBean(ChannelServer.class).connect(request()))
				.isInstanceOf(AcceptedSocket.class));
	}

	@Test
	void nothingExpiresWithoutAResourceServer() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2"))
			.run((context) -> assertThat(context).hasSingleBean(ChannelServer.class).doesNotHaveBean(UserExpiry.class));
	}

	private static SocketRequest request() {
		return new SocketRequest("/socket", "websocket", Map.of("vsn", List.of("2.0.0")), Map.of(), user(), null, null);
	}

	private static Principal user() {
		return new JwtAuthenticationToken(Jwt.withTokenValue("t")
			.header("alg", "none")
			.subject("alice")
			.issuedAt(ISSUED)
			.expiresAt(PAST)
			.build());
	}

}
