package io.clusterspring.samples.chat;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.clusterspring.Cluster;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.Channels;

/**
 * A node that publishes numbers on the topic {@code load:numbers}, as many in a second as
 * a test wants.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
// Spring Security is on the class path for the tests of tokens
@EnableAutoConfiguration(
		excludeName = { "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
@Import({ HistoryApplication.Numbers.class, HistoryApplication.Publisher.class, ClusterStateController.class })
public class HistoryApplication {

	/**
	 * Run a node.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(HistoryApplication.class, arguments);
	}

	@ChannelController("load:{id}")
	static class Numbers {

	}

	/**
	 * Publishes until the node leaves, which is after its clients were sent away.
	 */
	@RestController
	static class Publisher implements SmartLifecycle {

		private static final String TOPIC = "load:numbers";

		private static final int TURN = 10;

		private final Channels channels;

		private final String name;

		private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

		private long published;

		private double due;

		private volatile double perTurn;

		private volatile boolean running;

		Publisher(Channels channels, Cluster cluster) {
			this.channels = channels;
			this.name = cluster.self().name() + "-" + System.currentTimeMillis();
		}

		@Override
		public void start() {
			this.running = true;
			this.thread.scheduleAtFixedRate(this::turn, TURN, TURN, TimeUnit.MILLISECONDS);
		}

		private void turn() {
			this.due += this.perTurn;
			for (; this.due >= 1; this.due--) {
				this.channels.broadcast(TOPIC, "said", Map.of("from", this.name, "n", this.published));
				this.published++;
			}
		}

		@PostMapping("/rate")
		Map<String, Object> rate(@RequestParam int perSecond) throws Exception {
			return this.thread.submit(() -> {
				this.perTurn = perSecond * TURN / 1000.0;
				this.due = 0;
				return Map.<String, Object>of("from", this.name, "count", this.published);
			}).get();
		}

		@PostMapping("/say")
		void say(@RequestParam String topic, @RequestParam int count) {
			for (int i = 0; i < count; i++) {
				this.channels.broadcast(topic, "said", Map.of("from", this.name, "n", i));
			}
		}

		@Override
		public void stop() {
			this.thread.shutdown();
			try {
				this.thread.awaitTermination(1, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			System.out.println("Published " + this.name + " " + this.published);
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return 0;
		}

	}

}
