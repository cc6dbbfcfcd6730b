package io.clusterspring.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.clusterspring.Cluster;
import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application with the environment of the Kubernetes file is the node that
 * the file means, and answers its probes.
 */
class KubernetesIntegrationTests {

	private final KubernetesFile file = new KubernetesFile();

	@Test
	void anApplicationWithTheEnvironmentOfTheFileAnswersItsProbes() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getBean(Cluster.class).self()).isEqualTo(new Node("chat-5d8c-x7k2p", "10.1.2.3"));
			String management = context.getEnvironment().getRequiredProperty("local.management.port");
			for (String probe : new String[] { "startupProbe", "readinessProbe", "livenessProbe" }) {
				String path = KubernetesFile.at(this.file.container(), probe, "httpGet", "path");
				assertThat(get(management, path).body()).as(path).isEqualTo("{\"status\":\"UP\"}");
				assertThat(Page.of("docs/operations.md").text()).contains(path);
			}
			String http = context.getEnvironment().getRequiredProperty("local.server.port");
			assertThat(get(http, "/actuator/health").statusCode()).isEqualTo(404);
		}
	}

	private ConfigurableApplicationContext run() {
		Map<String, Object> variables = new LinkedHashMap<>();
		this.file.environment()
			.forEach((name, value) -> variables.put(name,
					value.replace("$(POD_NAME)", "chat-5d8c-x7k2p").replace("$(POD_IP)", "10.1.2.3")));
		variables.put("CLUSTER_COOKIE", "8b1f0c6e2d4a4f7b9c3e5d7f1a2b3c4d");
		assertThat(variables.values()).noneMatch((value) -> value.toString().contains("$("));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return new SpringApplicationBuilder(App.class).environment(environment)
			.run("--cluster.transport=local", "--cluster.name=kubernetes-file", "--server.port=0",
					"--management.server.port=0");
	}

	private static HttpResponse<String> get(String port, String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = JettyServletManagementContextAutoConfiguration.class) // beside
																								// Tomcat's
	@EnableWebSecurity
	static class App {

		@Bean
		SecurityFilterChain everybodyMay(HttpSecurity security) {
			return security.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

}
