package io.clusterspring.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import io.clusterspring.Cluster;

import static org.awaitility.Awaitility.await;

/**
 * Two real nodes that serve topics by HTTP.
 */
public final class HttpNodes implements AutoCloseable {

	private static final HttpClient http = HttpClient.newHttpClient();

	private final Class<?>[] sources;

	private final String cluster;

	private final String[] properties;

	private ConfigurableApplicationContext n1;

	private ConfigurableApplicationContext n2;

	/**
	 * Start the nodes.
	 * @param cluster the name of the cluster
	 * @param properties their properties
	 * @param sources the classes of the application
	 */
	public HttpNodes(String cluster, String[] properties, Class<?>... sources) {
		this.cluster = cluster;
		this.properties = properties;
		this.sources = sources;
		this.n1 = run("n1@127.0.0.1");
		this.n2 = run("n2@127.0.0.1");
		awaitBoth();
	}

	private ConfigurableApplicationContext run(String node) {
		return new SpringApplicationBuilder(this.sources).run(StringUtils.concatenateStringArrays(this.properties,
				new String[] { "--server.port=0", "--cluster.name=" + this.cluster, "--cluster.node=" + node,
						"--cluster.port=17900", "--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
						"--server.tomcat.threads.max=6", "--server.jetty.threads.max=12" }));
	}

	private void awaitBoth() {
		await().atMost(Duration.ofSeconds(60))
			.until(() -> n1().getBean(Cluster.class).view().nodes().size() == 2
					&& n2().getBean(Cluster.class).view().nodes().size() == 2);
	}

	/** Stop the first node and start it again. */
	public void restartFirst() {
		this.n1.close();
		this.n1 = run("n1@127.0.0.1");
		awaitBoth();
	}

	public ConfigurableApplicationContext n1() {
		return this.n1;
	}

	public ConfigurableApplicationContext n2() {
		return this.n2;
	}

	/** Return the port of a node. */
	public static int port(ConfigurableApplicationContext node) {
		return ((ServletWebServerApplicationContext) node).getWebServer().getPort();
	}

	/** Publish by POST. */
	public static HttpResponse<String> post(ConfigurableApplicationContext node, String topic, String body,
			String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port(node) + "/cluster/topics/" + topic))
			.timeout(Duration.ofSeconds(30))
			.POST(BodyPublishers.ofString(body));
		if (headers.length == 0 || !String.join(" ", headers).contains("Content-Type")) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** Send a request with another method. */
	public static HttpResponse<String> send(ConfigurableApplicationContext node, String method, String topic,
			String body) throws Exception {
		return http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(node) + "/cluster/topics/" + topic))
				.timeout(Duration.ofSeconds(30))
				.header("Content-Type", "application/json")
				.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.n2.close();
		this.n1.close();
	}

	/** Uses Jetty in place of Tomcat. */
	@Configuration(proxyBeanMethods = false)
	public static class Jetty {

		@Bean
		JettyServletWebServerFactory webServerFactory() {
			return new JettyServletWebServerFactory();
		}

	}

}
