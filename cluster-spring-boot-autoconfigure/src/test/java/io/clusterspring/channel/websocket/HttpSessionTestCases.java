package io.clusterspring.channel.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.clusterspring.revocation.Revocations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sockets that were opened in an HTTP session of the web server, with Spring
 * Security's form login: they end with the session.
 */
abstract class HttpSessionTestCases {

	private static final HttpClient http = HttpClient.newHttpClient();

	private static volatile CountDownLatch entered = new CountDownLatch(1);

	private static volatile CountDownLatch released = new CountDownLatch(1);

	private final Class<?> configuration;

	private ConfigurableApplicationContext context;

	private int port;

	HttpSessionTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	private void start(String... more) {
		SpringApplication application = new SpringApplication(Application.class, this.configuration);
		String[] arguments = new String[] { "--server.port=0", "--cluster.transport=local",
				"--cluster.name=" + getClass().getSimpleName(), "--cluster.node=n1@local",
				"--spring.autoconfigure.exclude=", String.join(" ", more) };
		this.context = application.run(arguments);
		this.port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void logoutClosesTheSocketsOfItsSessionAndNoOthers() throws Exception {
		start();
		String cookie = login();
		String elsewhere = login();
		try (RawClient client = connect(cookie, ""); RawClient other = connect(elsewhere, "")) {
			HttpResponse<String> opened = poll(cookie, null).join();
			assertThat(opened.body()).contains("410");
			String token = opened.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
			CompletableFuture<HttpResponse<String>> waiting = poll(cookie, token);
			post("/logout", cookie, "");
			assertThat(client.closeCode()).isEqualTo(1001);
			// the request was authenticated, and its new session is closed as well
			String next = waiting.orTimeout(20, TimeUnit.SECONDS)
				.join()
				.body()
				.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
			assertThat(poll(cookie, next).orTimeout(20, TimeUnit.SECONDS).join().statusCode()).isEqualTo(302);
			try (RawClient again = connect(cookie, "")) {
				assertThat(again.response).startsWith("HTTP/1.1 302");
			}
			other.text("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
			assertThat(other.next()).contains("phx_reply");
		}
	}

	@Test
	void socketThatOpensWhileItsUserLogsOutIsClosed() throws Exception {
		start();
		entered = new CountDownLatch(1);
		released = new CountDownLatch(1);
		String cookie = login();
		CompletableFuture<RawClient> connecting = CompletableFuture.supplyAsync(() -> {
			try {
				return connect(cookie, "&hold=yes");
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		});
		assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
		post("/logout", cookie, "");
		released.countDown();
		try (RawClient client = connecting.join()) {
			assertThat(client.response).startsWith("HTTP/1.1 101");
			assertThat(client.closeCode()).isEqualTo(1001);
		}
	}

	@Test
	void propertyKeepsTheSocketsOpen() throws Exception {
		start("--cluster.sessions.close-sockets=false");
		String cookie = login();
		try (RawClient client = connect(cookie, "")) {
			post("/logout", cookie, "");
			client.text("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
			assertThat(client.next()).contains("phx_reply");
		}
	}

	@Test
	void nodeThatStopsTellsOthersOfNoLogout() throws Exception {
		start();
		Revocations revocations = this.context.getBean(Revocations.class);
		try (RawClient client = connect(login(), "")) {
			assertThat(client.response).startsWith("HTTP/1.1 101");
			// of the session before the login
			int before = revocations.remembered();
			this.context.close();
			assertThat(revocations.remembered()).isEqualTo(before);
		}
	}

	private String login() throws Exception {
		HttpResponse<String> response = post("/login", "", "username=ann&password=ann");
		assertThat(response.headers().firstValue("location"))
			.hasValueSatisfying((location) -> assertThat(location).doesNotContain("error"));
		return response.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
	}

	private HttpResponse<String> post(String path, String cookie, String body) throws Exception {
		return http.send(request(path, cookie).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private CompletableFuture<HttpResponse<String>> poll(String cookie, String token) {
		HttpRequest.Builder request = request("/socket/longpoll?vsn=2.0.0", cookie);
		if (token != null) {
			request.header("X-Phoenix-Longpoll-Token", token);
		}
		return http.sendAsync(request.build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path, String cookie) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).header("Cookie", cookie);
	}

	private RawClient connect(String cookie, String parameters) throws Exception {
		return new RawClient(this.port, "/socket/websocket?vsn=2.0.0" + parameters, 0, "Cookie: " + cookie + "\r\n");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SecurityFilterChain filters(HttpSecurity security) throws Exception {
			return security.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.csrf((csrf) -> csrf.disable())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("ann").password("{noop}ann").roles("USER").build());
		}

		/**
		 * A filter after those of Spring Security.
		 */
		@Bean
		Filter slowFilter() {
			return (request, response, chain) -> {
				String query = ((HttpServletRequest) request).getQueryString();
				if (query != null && query.contains("hold=")) {
					entered.countDown();
					try {
						released.await(20, TimeUnit.SECONDS);
					}
					catch (InterruptedException ex) {
						throw new IllegalStateException(ex);
					}
				}
				chain.doFilter(request, response);
			};
		}

	}

}
