package io.clusterspring.starter;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import io.clusterspring.Cluster;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has this starter alone: two nodes, connected by the engine, with
 * neither a web server nor channels on the class path.
 */
class TopicsWithoutWebServerIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final String cluster = "topics-" + UUID.randomUUID();

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.catalina.startup.Tomcat", "org.apache.tomcat.util.net.SocketWrapperBase",
			"jakarta.servlet.Servlet", "jakarta.websocket.Session",
			"org.springframework.web.context.WebApplicationContext", "org.springframework.web.socket.WebSocketHandler",
			"org.springframework.messaging.Message", "io.clusterspring.channel.Channels",
			"io.clusterspring.presence.Presence", "io.clusterspring.test.ChannelTestClient" })
	void whatServesTheWebIsNotOnTheClassPath(String type) {
		assertThat(ClassUtils.isPresent(type, getClass().getClassLoader())).isFalse();
	}

	@Test
	void aBroadcastReachesTheOtherNode() {
		try (ConfigurableApplicationContext n1 = node("n1@127.0.0.1:18060", "n2@127.0.0.1:18061");
				ConfigurableApplicationContext n2 = node("n2@127.0.0.1:18061", "n1@127.0.0.1:18060")) {
			Awaitility.await().atMost(PATIENCE).until(() -> n1.getBean(Cluster.class).view().nodes().size() == 2);
			assertThat(n1.getBeansOfType(DistributedApplications.class)).hasSize(1);
			n1.getBean(PubSub.class).broadcast("orders", "paid");
			assertThat(n2.getBean(App.class).awaitMessage()).isEqualTo("paid");
		}
	}

	private ConfigurableApplicationContext node(String node, String other) {
		return SpringApplication.run(App.class, "--cluster.name=" + this.cluster, "--cluster.node=" + node,
				"--cluster.seeds=" + other, "--spring.main.banner-mode=off");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		@TopicListener("orders")
		void order(String message) {
			this.messages.add(message);
		}

		String awaitMessage() {
			return Awaitility.await().atMost(PATIENCE).until(this.messages::poll, (message) -> message != null);
		}

	}

}
