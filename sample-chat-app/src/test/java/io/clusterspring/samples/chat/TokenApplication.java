package io.clusterspring.samples.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnRefresh;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;

/**
 * A resource server of Spring Security that also issues its tokens, for tests. Clients of
 * {@code /socket} send their token as {@code authToken}, those of {@code /api/socket} in
 * a header.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableMethodSecurity
@Import({ TokenApplication.Room.class, TokenApplication.Vault.class })
class TokenApplication {

	// of all nodes
	private static final RSAKey KEY = key();

	private static RSAKey key() {
		try {
			return new RSAKeyGenerator(2048).keyID("test").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Bean
	JwtDecoder decoder() throws JOSEException {
		return NimbusJwtDecoder.withPublicKey(KEY.toRSAPublicKey()).build();
	}

	@Bean
	RouterFunction<ServerResponse> issuer() {
		JwtEncoder encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(KEY)));
		return RouterFunctions.route()
			.GET("/token", (request) -> ServerResponse.ok().body(token(encoder, request)))
			.build();
	}

	private static String token(JwtEncoder encoder, ServerRequest request) {
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(request.param("user").orElseThrow())
			.claim("scope", request.param("scope").orElseThrow())
			.issuedAt(now)
			.expiresAt(now.plus(Duration.ofSeconds(Long.parseLong(request.param("seconds").orElseThrow()))))
			.build();
		return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
	}

	@Bean
	SecurityFilterChain filters(HttpSecurity http) throws Exception {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/socket/**", "/token").permitAll().anyRequest().authenticated())
			.csrf(AbstractHttpConfigurer::disable)
			.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
			.build();
	}

	@Bean
	SocketAuthorizer authorizer(JwtDecoder decoder) {
		AuthenticationManager tokens = new ProviderManager(new JwtAuthenticationProvider(decoder));
		return SocketAuthorizer.at("/socket", (request) -> {
			try {
				return SocketAuthorization.accept()
					.withUser(tokens.authenticate(new BearerTokenAuthenticationToken(request.authToken())));
			}
			catch (AuthenticationException ex) {
				return SocketAuthorization.refuse();
			}
		});
	}

	@ChannelController("room:{room}")
	static class Room {

		@OnEvent("who")
		Map<String, Object> who() {
			List<String> scopes = SecurityContextHolder.getContext()
				.getAuthentication()
				.getAuthorities()
				.stream()
				.map(GrantedAuthority::getAuthority)
				.filter((authority) -> authority.startsWith("SCOPE_"))
				.toList();
			return Map.of("user", SecurityContextHolder.getContext().getAuthentication().getName(), "scopes", scopes);
		}

		@OnEvent("clear")
		@PreAuthorize("hasAuthority('SCOPE_admin')")
		Reply clear() {
			return Reply.ok();
		}

	}

	@ChannelController("vault:{vault}")
	static class Vault {

		@OnJoin
		@OnRefresh
		@PreAuthorize("hasAuthority('SCOPE_admin')")
		Reply enter() {
			return Reply.ok();
		}

	}

}
