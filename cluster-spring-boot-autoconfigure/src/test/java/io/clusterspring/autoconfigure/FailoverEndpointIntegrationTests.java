package io.clusterspring.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.IdleApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the endpoint shows and moves distributed applications over HTTP.
 */
class FailoverEndpointIntegrationTests {

	@Test
	void itCanBeReadButNotChangedUnlessOpened() {
		try (ConfigurableApplicationContext context = run()) {
			await().untilAsserted(() -> assertThat(request(context, "GET", "", "").body()).contains("\"invoices\"",
					"\"state\":\"running\"", "\"node\":\"n1@local\"", "\"since\":\""));
			assertThat(request(context, "POST", "/distributed/forbid",
					"{\"application\":\"invoices\",\"node\":\"n1@local\"}")
				.statusCode()).isIn(404, 405);
			assertThat(request(context, "GET", "", "").body()).contains("\"state\":\"running\"");
		}
	}

	@Test
	void whereItIsOpenedItCanBeChanged() {
		try (ConfigurableApplicationContext context = run("--management.endpoint.cluster.access=unrestricted")) {
			await().untilAsserted(
					() -> assertThat(request(context, "GET", "", "").body()).contains("\"state\":\"running\""));
			assertThat(request(context, "POST", "/distributed/forbid",
					"{\"application\":\"invoices\",\"node\":\"n1@local\"}")
				.statusCode()).isEqualTo(200);
			await()
				.untilAsserted(() -> assertThat(request(context, "GET", "", "").body()).contains("\"permitted\":false")
					.doesNotContain("\"state\":\"running\""));
			HttpResponse<String> refused = request(context, "POST", "/distributed/move",
					"{\"application\":\"invoices\",\"node\":\"n2@local\"}");
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body())
				.isEqualTo("{\"reason\":\"Node n2@local is not in the cluster, or does not know 'invoices'\"}");
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(App.class)
			.properties("server.port=0", "cluster.name=endpoint-" + UUID.randomUUID(), "cluster.transport=local",
					"cluster.node=n1@local", "management.endpoints.web.exposure.include=cluster")
			.run(arguments);
	}

	private static HttpResponse<String> request(ConfigurableApplicationContext context, String method, String path,
			String body) {
		String port = context.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/cluster" + path))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSecurity
	static class App {

		@Bean
		SecurityFilterChain everybody(HttpSecurity http) throws Exception {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.build();
		}

		@Bean
		DistributedApplication invoices() {
			return new IdleApplication("invoices");
		}

	}

}
