package io.clusterspring.samples.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
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
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
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
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnRefresh;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.SocketRequest;

/**
 * A resource server of Spring Security that also issues its tokens, for tests. Clients of
 * {@code /socket} send their token as {@code authToken}, those of {@code /stomp} in the
 * CONNECT frame, and those of {@code /api/socket} and {@code /api/stomp} in a header of
 * the handshake.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableMethodSecurity
@Import({ TokenApplication.Room.class, TokenApplication.Vault.class, TokenApplication.Stomp.class,
		ClusterStateController.class })
public class TokenApplication {

	/**
	 * Run a node.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(TokenApplication.class, arguments);
	}

	@Bean
	SecretKey key(@Value("${token.secret}") String secret) {
		return new SecretKeySpec(Base64.getUrlDecoder().decode(secret), "HmacSHA256");
	}

	@Bean
	JwtDecoder decoder(SecretKey key) {
		return NimbusJwtDecoder.withSecretKey(key).build();
	}

	@Bean
	RouterFunction<ServerResponse> issuer(SecretKey key) {
		JwtEncoder encoder = new NimbusJwtEncoder(new ImmutableSecret<SecurityContext>(key));
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
		return encoder.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
	}

	@Bean
	SecurityFilterChain filters(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/socket/**", "/stomp", "/token", "/cluster.json")
						.permitAll()
						.anyRequest()
						.authenticated())
			.csrf(AbstractHttpConfigurer::disable)
			.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
			.build();
	}

	@Bean
	SocketAuthorizer authorizer(JwtDecoder decoder) {
		AuthenticationManager tokens = tokens(decoder);
		return SocketAuthorizer.at("/socket", (request) -> {
			try {
				return SocketAuthorization.accept()
					.withUser(tokens.authenticate(new BearerTokenAuthenticationToken(request.authToken())))
					.withAttribute("visit", visit(request));
			}
			catch (AuthenticationException ex) {
				return SocketAuthorization.refuse();
			}
		});
	}

	private static String visit(SocketRequest request) {
		String visit = request.parameter("visit");
		return (visit != null) ? visit : "none";
	}

	private static AuthenticationManager tokens(JwtDecoder decoder) {
		return new ProviderManager(new JwtAuthenticationProvider(decoder));
	}

	@ChannelController("room:{room}")
	static class Room {

		private final Cluster cluster;

		Room(Cluster cluster) {
			this.cluster = cluster;
		}

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

		@OnEvent("where")
		Map<String, Object> where(Channel channel) {
			return Map.of("node", this.cluster.self().name(), "visit", channel.attributes().get("visit"));
		}

		@OnEvent("say")
		void say(Channel channel, Map<String, Object> payload) {
			channel.broadcast("said", payload);
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

	/**
	 * Takes the token of a CONNECT frame, if it has one.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Stomp implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

		private final AuthenticationManager tokens;

		Stomp(JwtDecoder decoder) {
			this.tokens = tokens(decoder);
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp", "/api/stomp");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

		@Override
		public void configureClientInboundChannel(ChannelRegistration registration) {
			registration.interceptors(this);
		}

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
			if (frame != null && frame.getCommand() == StompCommand.CONNECT) {
				String token = frame.getFirstNativeHeader("token");
				if (token != null) {
					frame.setUser(this.tokens.authenticate(new BearerTokenAuthenticationToken(token)));
				}
			}
			return message;
		}

	}

}
