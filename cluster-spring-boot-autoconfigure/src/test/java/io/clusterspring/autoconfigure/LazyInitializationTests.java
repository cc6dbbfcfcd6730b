package io.clusterspring.autoconfigure;

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
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.mailbox.ExecutorWatch;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code spring.main.lazy-initialization}.
 */
class LazyInitializationTests {

	private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

	@Test
	void whatReactsToTheClusterIsNotLazy() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
			.web(WebApplicationType.NONE)
			.run("--cluster.transport=local", "--cluster.name=lazy", "--spring.main.lazy-initialization=true")) {
			assertThat(context.getBeanFactory().containsSingleton("asked")).isFalse();
			assertThat(context.getBeanFactory().containsSingleton("invoices")).isTrue();
			assertThat(context.getBeanFactory().getBeanNamesForType(ExecutorWatch.class, true, false))
				.allMatch(context.getBeanFactory()::containsSingleton);
			assertThat(context.getBean(Cluster.class).view().nodes()).hasSize(1);
			context.getBean(PubSub.class).broadcast("orders", "paid");
			assertThat(HEARD.poll(10, TimeUnit.SECONDS)).isEqualTo("paid");
			await().until(() -> context.getBean(DistributedApplications.class).isRunningHere("invoices"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

		@Bean
		Orders orders() {
			return new Orders();
		}

		@Bean
		Invoices invoices() {
			return new Invoices();
		}

		@Bean
		String asked() {
			return "only if asked for";
		}

	}

	static class Orders {

		@TopicListener("orders")
		void order(String message) {
			HEARD.add(message);
		}

	}

	static class Invoices {

		@OnOneNode("invoices")
		void send() {
		}

	}

}
