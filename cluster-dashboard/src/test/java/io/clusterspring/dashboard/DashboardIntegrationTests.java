package io.clusterspring.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the endpoint over HTTP.
 */
class DashboardIntegrationTests {

	private static final String PAGE = "/actuator/cluster-dashboard";

	private static final HttpClient http = HttpClient.newHttpClient();

	@Test
	void thePageAndItsFilesAreServedWithStrictHeaders() {
		try (ConfigurableApplicationContext context = run()) {
			HttpResponse<String> page = get(context, PAGE);
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
			assertThat(page.body())
				.contains("content=\"cluster-dashboard\"", "content=\"cluster\"",
						"src=\"cluster-dashboard/js/main.js\"")
				.doesNotContain("{page}", "{cluster}");
			HttpResponse<String> script = get(context, PAGE + "/js/main.js");
			assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
			for (HttpResponse<String> response : List.of(page, script)) {
				assertThat(header(response, "Content-Security-Policy")).contains("default-src 'none'",
						"frame-ancestors 'none'", "require-trusted-types-for 'script'");
				assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
				assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
				assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
			}
			assertThat(get(context, PAGE + "/css/base.css").statusCode()).isEqualTo(200);
			assertThat(get(context, PAGE + "/icon.svg").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aFileThatIsKnownIsNotSentAgain() {
		try (ConfigurableApplicationContext context = run()) {
			String tag = header(get(context, PAGE + "/js/main.js"), "ETag");
			HttpResponse<String> again = get(context, PAGE + "/js/main.js", "If-None-Match", tag);
			assertThat(again.statusCode()).isEqualTo(304);
			assertThat(again.body()).isEmpty();
		}
	}

	@Test
	void nothingElseIsServedAndNothingCanBeWritten() {
		try (ConfigurableApplicationContext context = run()) {
			for (String path : new String[] { "/index.html", "/js", "/js/none.js", "/js/..%2Findex.html",
					"/js/%2e%2e/%2e%2e/DashboardEndpoint.class", "/samples/more" }) {
				assertThat(get(context, PAGE + path).statusCode()).as(path).isIn(400, 404);
			}
			HttpRequest post = request(context, PAGE).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
			assertThat(send(post).statusCode()).isIn(404, 405);
		}
	}

	@Test
	void samplesAreToldOnce() {
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(Sampler.class).take();
			JsonNode all = json(get(context, PAGE + "/samples"));
			assertThat(all.path("node").asString()).isEqualTo("n1@local");
			assertThat(all.path("interval").asInt()).isEqualTo(5);
			assertThat(all.path("last").asInt()).isEqualTo(2);
			assertThat(all.path("ages")).hasSize(2);
			assertThat(all.path("series").path("heapUsed")).hasSize(2);
			assertThat(all.path("series").path("framesSent").path(0).isNull()).isTrue();
			String known = "?run=" + all.path("run").asString() + "&after=1";
			assertThat(json(get(context, PAGE + "/samples" + known)).path("ages")).hasSize(1);
			assertThat(json(get(context, PAGE + "/samples?run=another&after=1")).path("ages")).hasSize(2);
			assertThat(get(context, PAGE + "/samples?after=x").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void linksFollowTheMappingOfPaths() {
		try (ConfigurableApplicationContext context = run("management.endpoints.web.base-path=/ops",
				"management.endpoints.web.path-mapping.cluster=nodes",
				"management.endpoints.web.path-mapping.clusterdashboard=a/board")) {
			assertThat(get(context, "/ops/a/board").body()).contains("src=\"board/js/main.js\"",
					"content=\"../nodes\"");
			assertThat(get(context, "/ops/a/board/js/main.js").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void thePageSaysWhereTheClusterIsNotExposed() {
		try (ConfigurableApplicationContext context = run(
				"management.endpoints.web.exposure.include=cluster-dashboard")) {
			assertThat(get(context, PAGE).body()).contains("name=\"cluster-endpoint\" content=\"\"");
		}
	}

	@Test
	void itIsOnThePortOfTheActuator() {
		try (ConfigurableApplicationContext context = run("management.server.port=0")) {
			assertThat(get(context, PAGE).statusCode()).isEqualTo(404);
			String port = context.getEnvironment().getProperty("local.management.port");
			HttpResponse<String> page = send(
					HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PAGE)).build());
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
			assertThat(page.body()).contains("content=\"cluster\"");
		}
	}

	@Test
	void itIsSecuredAsTheActuatorIs() {
		try (ConfigurableApplicationContext context = run("spring.autoconfigure.exclude=",
				"spring.security.user.password=secret")) {
			assertThat(get(context, PAGE).statusCode()).isEqualTo(401);
			assertThat(get(context, PAGE + "/samples").statusCode()).isEqualTo(401);
			// user:secret
			HttpResponse<String> page = get(context, PAGE, "Authorization", "Basic dXNlcjpzZWNyZXQ=");
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(App.class)
			.properties("server.port=0", "cluster.name=dashboard-" + UUID.randomUUID(), "cluster.transport=local",
					"cluster.node=n1@local", "management.endpoints.web.exposure.include=cluster,cluster-dashboard")
			.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext context, String path) {
		String port = context.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path, String... headers) {
		HttpRequest.Builder request = request(context, path);
		return send(((headers.length > 0) ? request.headers(headers) : request).build());
	}

	private static HttpResponse<String> send(HttpRequest request) {
		try {
			return http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = App.OF_JETTY)
	static class App {

		// two servers may be on the class path, and the child context takes one
		static final String OF_JETTY = "org.springframework.boot.jetty.autoconfigure.actuate.web.server."
				+ "JettyServletManagementContextAutoConfiguration";

	}

}
