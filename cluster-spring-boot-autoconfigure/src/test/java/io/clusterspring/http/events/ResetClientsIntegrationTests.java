package io.clusterspring.http.events;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.channel.Channels;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.http.HttpNodes;
import io.clusterspring.http.publish.TopicPublishAuthorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that clients which break their connections disturb no request of others: the web
 * server uses the objects of a request again for the next one.
 */
class ResetClientsIntegrationTests {

	private static final int CLIENTS = 10;

	private static final int ROUNDS = 40;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void clientsThatResetTheirConnectionsDisturbNoOtherRequest(boolean jetty) throws Exception {
		Class<?>[] sources = jetty ? new Class<?>[] { Application.class, HttpNodes.Jetty.class }
				: new Class<?>[] { Application.class };
		try (HttpNodes nodes = new HttpNodes("reset-" + jetty,
				new String[] { "--cluster.http.events.enabled=true", "--cluster.http.publish.enabled=true" },
				sources)) {
			int port = HttpNodes.port(nodes.n1());
			for (int round = 0; round < ROUNDS; round++) {
				for (Socket client : clients(port)) {
					client.setSoLinger(true, 0);
					client.close();
				}
				for (int i = 0; i < 3; i++) {
					nodes.n1().getBean(Channels.class).broadcast("news", "changed", Map.of("n", i));
					assertThat(HttpNodes.post(nodes.n1(), "other", "{\"event\":\"x\"}").statusCode()).isEqualTo(200);
				}
			}
			await().atMost(Duration.ofSeconds(20))
				.until(() -> nodes.n1().getBean(EventsEndpoint.class).statistics().connections() == 0);
			assertThat(nodes.n1().getBean(AtomicInteger.class)).as("requests that ended with an error page")
				.hasValue(0);
		}
	}

	private static List<Socket> clients(int port) throws IOException {
		List<Socket> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			Socket client = new Socket("127.0.0.1", port);
			client.setSoTimeout(10_000);
			clients.add(client);
			client.getOutputStream()
				.write(("GET /cluster/topics/news/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
		}
		for (Socket client : clients) {
			StringBuilder begun = new StringBuilder();
			while (begun.indexOf("retry: 2000") < 0) {
				int next = client.getInputStream().read();
				assertThat(next).as("the answer goes on after " + begun).isNotNegative();
				begun.append((char) next);
			}
		}
		return clients;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TopicEventsAuthorizer everybodyReads() {
			return (topic, request) -> SocketAuthorization.accept();
		}

		@Bean
		TopicPublishAuthorizer everybodyPublishes() {
			return (topic, request) -> true;
		}

		@Bean
		AtomicInteger errors() {
			return new AtomicInteger();
		}

		@Bean
		FilterRegistrationBean<Filter> countErrors(AtomicInteger errors) {
			FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
				errors.incrementAndGet();
				chain.doFilter(request, response);
			});
			filter.setDispatcherTypes(DispatcherType.ERROR);
			filter.setAsyncSupported(true);
			return filter;
		}

	}

}
