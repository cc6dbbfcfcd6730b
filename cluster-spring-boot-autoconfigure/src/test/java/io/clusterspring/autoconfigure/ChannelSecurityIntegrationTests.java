package io.clusterspring.autoconfigure;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.security.Principal;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for channels behind Spring Security's filters and with its method security.
 */
class ChannelSecurityIntegrationTests {

	private static final String UNAUTHORIZED = "{\"response\":{\"reason\":\"unauthorized\"},\"status\":\"error\"}";

	private static ConfigurableApplicationContext context;

	private static int port;

	@BeforeAll
	static void start() {
		context = new SpringApplication(Application.class).run("--server.port=0", "--cluster.port=17350",
				"--cluster.name=channel-security", "--cluster.channels.paths=/socket,/public/socket",
				"--spring.autoconfigure.exclude=");
		port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void handshakeWithoutCredentialsIsRefusedByTheFilters() {
		CompletionException failure = catchThrowableOfType(CompletionException.class,
				() -> TextClient.connect(HttpClient.newHttpClient(), uri("/socket")));
		assertThat(failure).cause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isIn(302, 401, 403));
	}

	@Test
	void userOfBasicAuthenticationIsTheUserOfTheSocket() throws Exception {
		try (TextClient client = basic("alice")) {
			client.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
			assertThat(client.next()).contains("\"status\":\"ok\"", "\"user\":\"alice\"", "\"context\":\"alice\"");
		}
	}

	@Test
	void userWhoHasLoggedInIsTheUserOfTheSocket() throws Exception {
		HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpRequest login = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("username=alice&password=alice"))
			.build();
		assertThat(http.send(login, HttpResponse.BodyHandlers.discarding()).headers().firstValue("location"))
			.hasValueSatisfying((location) -> assertThat(location).doesNotContain("error"));
		try (TextClient client = TextClient.connect(http, uri("/socket"))) {
			client.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
			assertThat(client.next()).contains("\"user\":\"alice\"", "\"context\":\"alice\"");
		}
	}

	@Test
	void deniedJoinIsRefused() throws Exception {
		try (TextClient client = basic("alice")) {
			client.send("[\"1\",\"1\",\"vault:1\",\"phx_join\",{}]");
			assertThat(client.next()).isEqualTo("[\"1\",\"1\",\"vault:1\",\"phx_reply\"," + UNAUTHORIZED + "]");
		}
		try (TextClient client = basic("root")) {
			client.send("[\"1\",\"1\",\"vault:1\",\"phx_join\",{}]");
			assertThat(client.next()).contains("\"status\":\"ok\"");
		}
	}

	@Test
	void deniedEventIsAnsweredAndTheChannelGoesOn() throws Exception {
		try (TextClient client = basic("alice")) {
			client.send("[\"1\",\"1\",\"room:2\",\"phx_join\",{}]");
			client.next();
			client.send("[\"1\",\"2\",\"room:2\",\"clear\",{}]");
			assertThat(client.next()).isEqualTo("[\"1\",\"2\",\"room:2\",\"phx_reply\"," + UNAUTHORIZED + "]");
			client.send("[\"1\",\"3\",\"room:2\",\"say\",{}]");
			assertThat(client.next()).contains("\"3\"", "\"said\"");
		}
	}

	@Test
	void denialOnAnotherThreadIsAnsweredTheSameWay() throws Exception {
		try (TextClient client = basic("alice")) {
			client.send("[\"1\",\"1\",\"archive:1\",\"phx_join\",{}]");
			assertThat(client.next()).isEqualTo("[\"1\",\"1\",\"archive:1\",\"phx_reply\"," + UNAUTHORIZED + "]");
			client.send("[\"2\",\"2\",\"room:4\",\"phx_join\",{}]");
			client.next();
			client.send("[\"2\",\"3\",\"room:4\",\"audit\",{}]");
			assertThat(client.next()).isEqualTo("[\"2\",\"3\",\"room:4\",\"phx_reply\"," + UNAUTHORIZED + "]");
			client.send("[\"2\",\"4\",\"room:4\",\"say\",{}]");
			assertThat(client.next()).contains("\"4\"", "\"said\"");
		}
	}

	@Test
	void deniedBroadcastIsDroppedForTheOneWhoIsDenied() throws Exception {
		try (TextClient root = basic("root"); TextClient alice = basic("alice")) {
			for (TextClient client : new TextClient[] { root, alice }) {
				client.send("[\"1\",\"1\",\"room:3\",\"phx_join\",{}]");
				client.next();
			}
			root.send("[\"1\",\"2\",\"room:3\",\"clear\",{}]");
			assertThat(root.next()).contains("phx_reply");
			assertThat(root.next()).contains("\"cleared\"");
			alice.send("[\"1\",\"3\",\"room:3\",\"say\",{}]");
			assertThat(alice.next()).contains("\"3\"", "\"said\"");
		}
	}

	@Test
	void clientWithoutAuthenticationIsAnonymous() throws Exception {
		try (TextClient client = TextClient.connect(HttpClient.newHttpClient(), uri("/public/socket"))) {
			client.send("[\"1\",\"1\",\"vault:1\",\"phx_join\",{}]");
			assertThat(client.next()).contains(UNAUTHORIZED);
			client.send("[\"2\",\"2\",\"lobby\",\"phx_join\",{}]");
			assertThat(client.next()).contains("\"anonymousUser\"");
		}
	}

	private static URI uri(String path) {
		return URI.create("ws://127.0.0.1:" + port + path + "/websocket?vsn=2.0.0");
	}

	private static TextClient basic(String name) {
		String credentials = Base64.getEncoder().encodeToString((name + ":" + name).getBytes());
		return TextClient.connect(HttpClient.newHttpClient(), uri("/socket"), "Authorization", "Basic " + credentials);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableMethodSecurity
	@Import({ Room.class, Vault.class, Archive.class, Lobby.class })
	static class Application {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		SecurityFilterChain filters(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
				.csrf((csrf) -> csrf.disable())
				.httpBasic(Customizer.withDefaults())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("alice").password("{noop}alice").roles("USER").build(),
					User.withUsername("root").password("{noop}root").roles("ADMIN").build());
		}

	}

	@ChannelController("room:{room}")
	static class Room {

		@OnJoin
		Object join(Principal user) {
			return Map.of("user", user.getName(), "context",
					SecurityContextHolder.getContext().getAuthentication().getName());
		}

		@OnEvent("say")
		String say() {
			return "said";
		}

		@OnEvent("clear")
		@PreAuthorize("hasRole('ADMIN')")
		String clear(Channel channel) {
			channel.broadcast("cleared", Map.of());
			return "cleared";
		}

		@OnEvent("audit")
		CompletionStage<String> audit() {
			return CompletableFuture.supplyAsync(() -> {
				throw new AccessDeniedException("no");
			});
		}

		@OnBroadcast("cleared")
		@PreAuthorize("hasRole('ADMIN')")
		ChannelPayload cleared(ChannelPayload payload) {
			return payload;
		}

	}

	@ChannelController("vault:{vault}")
	static class Vault {

		@OnJoin
		@PreAuthorize("hasRole('ADMIN')")
		void join() {
		}

	}

	@ChannelController("archive:{archive}")
	static class Archive {

		@OnJoin
		CompletionStage<String> join() {
			return CompletableFuture.supplyAsync(() -> {
				throw new AccessDeniedException("no");
			});
		}

	}

	@ChannelController("lobby")
	static class Lobby {

		@OnJoin
		String join() {
			return SecurityContextHolder.getContext().getAuthentication().getName();
		}

	}

}
