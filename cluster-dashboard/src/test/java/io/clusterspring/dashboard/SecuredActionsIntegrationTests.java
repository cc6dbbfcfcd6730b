package io.clusterspring.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests actions behind the chain of Spring Security that the pages show.
 */
class SecuredActionsIntegrationTests {

	private static final HttpClient http = HttpClient.newHttpClient();

	// ann:secret
	private static final String ANN = "Basic YW5uOnNlY3JldA==";

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aTokenInTheCookieIsSentBackOrNoneIsAskedFor(boolean token) throws Exception {
		try (ConfigurableApplicationContext context = run(token, "OPS")) {
			assertThat(send(request(context, "/actuator/health")).statusCode()).isEqualTo(200);
			HttpResponse<String> page = send(
					request(context, "/actuator/cluster-dashboard").header("Authorization", ANN));
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(send(drain(context)).statusCode()).isEqualTo(token ? 403 : 200);
			if (token) {
				String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
				assertThat(cookie).startsWith("XSRF-TOKEN=").contains("Path=/").doesNotContain("HttpOnly");
				String pair = cookie.substring(0, cookie.indexOf(';'));
				String value = pair.substring(pair.indexOf('=') + 1);
				assertThat(send(drain(context).header("Cookie", pair).header("X-XSRF-TOKEN", value)).statusCode())
					.isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anotherRoleReadsNothingAndDoesNothing(boolean token) throws Exception {
		try (ConfigurableApplicationContext context = run(token, "USER")) {
			assertThat(send(request(context, "/actuator/cluster").header("Authorization", ANN)).statusCode())
				.isEqualTo(403);
			assertThat(send(drain(context)).statusCode()).isIn(401, 403);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aQuestionOfThePageGetsNoChallengeThatOpensADialog(boolean token) throws Exception {
		try (ConfigurableApplicationContext context = run(token, "OPS")) {
			HttpResponse<String> plain = send(request(context, "/actuator/cluster"));
			assertThat(plain.headers().firstValue("WWW-Authenticate")).isPresent();
			HttpResponse<String> page = send(
					request(context, "/actuator/cluster").header("X-Requested-With", "XMLHttpRequest"));
			assertThat(page.statusCode()).isEqualTo(401);
			assertThat(page.headers().firstValue("WWW-Authenticate")).isEmpty();
		}
	}

	private static ConfigurableApplicationContext run(boolean token, String role) {
		return new SpringApplicationBuilder(App.class).run("--server.port=0", "--spring.autoconfigure.exclude=",
				"--cluster.name=dashboard-" + UUID.randomUUID(), "--cluster.transport=local", "--cluster.node=n1@local",
				"--management.endpoints.web.exposure.include=health,cluster,cluster-dashboard",
				"--management.endpoint.cluster.access=unrestricted", "--spring.security.user.name=ann",
				"--spring.security.user.password=secret", "--spring.security.user.roles=" + role, "--token=" + token);
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext context, String path) {
		String port = context.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("Accept", "application/json, */*;q=0.1");
	}

	private static HttpRequest.Builder drain(ConfigurableApplicationContext context) {
		return request(context, "/actuator/cluster/nodes/drain").header("Authorization", ANN)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"node\": \"n1@local\"}"));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = DashboardIntegrationTests.App.OF_JETTY)
	static class App {

		@Bean
		@Order(1)
		SecurityFilterChain operators(HttpSecurity http, @Value("${token}") boolean token) throws Exception {
			return http.securityMatcher("/actuator/**")
				.authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/health/**")
					.permitAll()
					.anyRequest()
					.hasRole("OPS"))
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> {
					if (token) {
						csrf.spa();
					}
					else {
						csrf.ignoringRequestMatchers("/actuator/cluster/**");
					}
				})
				.build();
		}

		@Bean
		SecurityFilterChain others(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated()).build();
		}

	}

}
