package io.clusterspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.Cluster;
import io.clusterspring.ManagedCluster;
import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.Reply;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;
import io.clusterspring.test.ChannelTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for applications of several contexts: they are one node.
 */
class ChildContextTests {

	@Test
	void parentAndChildAreOneNode() throws Exception {
		ConfigurableApplicationContext child = parent().child(Child.class).web(WebApplicationType.SERVLET).run();
		try (ConfigurableApplicationContext parent = parentOf(child)) {
			assertThat(child.getBeansOfType(Cluster.class)).isEmpty();
			assertThat(child.getBeansOfType(EvictionResponse.class)).isEmpty();
			assertThat(child.getBeansOfType(FailureResponse.class)).isEmpty();
			Cluster cluster = child.getBean(Cluster.class);
			assertThat(cluster).isSameAs(parent.getBean(Cluster.class));
			assertThat(cluster.view().nodes()).hasSize(1);
			parent.getBean(PubSub.class).broadcast("orders", "paid");
			assertThat(parent.getBean(Listener.class).heard.poll(10, TimeUnit.SECONDS)).isEqualTo("paid");
			assertThat(child.getBean("childListener", Listener.class).heard.poll(10, TimeUnit.SECONDS))
				.isEqualTo("paid");
			child.close();
			assertThat(parent.getBean(ManagedCluster.class).isRunning()).isTrue();
		}
	}

	@Test
	void childWithChannelsThatNobodyCouldJoinDoesNotStart() {
		SpringApplicationBuilder child = parent().child(Child.class, Rooms.class).web(WebApplicationType.SERVLET);
		assertThatExceptionOfType(UnservedChannelsException.class).isThrownBy(child::run)
			.withMessageContaining(Rooms.class.getName());
	}

	private static ConfigurableApplicationContext parentOf(ConfigurableApplicationContext child) {
		return (ConfigurableApplicationContext) Objects.requireNonNull(child.getParent());
	}

	private static SpringApplicationBuilder parent() {
		return new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.properties("cluster.transport=local", "cluster.name=family-" + UUID.randomUUID(), "server.port=0");
	}

	@Test
	void managementOnAPortOfItsOwnIsPartOfTheNode() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Child.class, Rooms.class)
			.web(WebApplicationType.SERVLET)
			.run("--cluster.transport=local", "--cluster.name=managed", "--server.port=0", "--management.server.port=0",
					"--management.endpoints.web.exposure.include=cluster")) {
			assertThat(context.getBean(Cluster.class).view().nodes()).hasSize(1);
			String port = context.getEnvironment().getProperty("local.management.port");
			assertThat(port).isNotEqualTo(context.getEnvironment().getProperty("local.server.port"));
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/cluster")).build(),
						HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).contains("managed");
			try (ChannelTestClient client = ChannelTestClient.connect(context)) {
				client.join("room:1").push("ask", Map.of()).expectOk();
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Parent {

		@Bean
		Listener parentListener() {
			return new Listener();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = Child.OF_JETTY)
	static class Child {

		// the tests have two servers on their class path
		static final String OF_JETTY = "org.springframework.boot.jetty.autoconfigure.actuate.web.server."
				+ "JettyServletManagementContextAutoConfiguration";

		@Bean
		Listener childListener() {
			return new Listener();
		}

	}

	static class Listener {

		final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@TopicListener("orders")
		void order(String message) {
			this.heard.add(message);
		}

	}

	@ChannelController("room:{room}")
	static class Rooms {

		@OnEvent("ask")
		Reply ask() {
			return Reply.ok();
		}

	}

}
