package io.clusterspring.platform;

import java.util.concurrent.CompletableFuture;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.clusterspring.failover.OnOneNode;
import io.clusterspring.presence.Presence;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;

/**
 * A WebFlux application with what the starter has for it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import(ReactiveApp.Shop.class)
public class ReactiveApp {

	/**
	 * Run a node until it is killed.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		ConfigurableApplicationContext context = SpringApplication.run(ReactiveApp.class, arguments);
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		System.out.println("@ready " + port + " " + context.getClass().getSimpleName());
	}

	record Order(String id) {
	}

	record Seat(int number) {
	}

	@RestController
	static class Shop {

		private final PubSub pubSub;

		private final Presence presence;

		Shop(PubSub pubSub, Presence presence) {
			this.pubSub = pubSub;
			this.presence = presence;
		}

		@GetMapping("/order/{id}")
		CompletableFuture<String> order(@PathVariable("id") String id) {
			this.pubSub.broadcast("orders", new Order(id));
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@GetMapping("/track/{name}")
		String track(@PathVariable("name") String name) {
			return this.presence.track(this, "shop", name, new Seat(7));
		}

		@GetMapping("/present")
		String present() {
			return this.presence.list("shop").toString();
		}

		@TopicListener("orders")
		void on(Order order) {
			System.out.println("@order " + order.id() + " " + Thread.currentThread().getName());
		}

		@Scheduled(fixedDelay = 100)
		@OnOneNode("job")
		void job() {
			System.out.println("@job");
		}

	}

}
