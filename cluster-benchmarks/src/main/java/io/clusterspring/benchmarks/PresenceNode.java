package io.clusterspring.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PresenceAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.presence.ClusterPresence;

/**
 * A node with presence: an application with the default configuration of the starter. All
 * nodes are in this process, connected by JGroups over loopback.
 */
final class PresenceNode implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	PresenceNode(String cluster, int number, int port) {
		List<String> listed = IntStream.rangeClosed(1, number).mapToObj((each) -> address(each, port)).toList();
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--cluster.name=" + cluster, "--cluster.node=" + address(number, port),
					"--cluster.sync-nodes-optional=" + String.join(",", listed), "--logging.level.root=warn",
					"--spring.main.banner-mode=off");
	}

	private static String address(int number, int port) {
		return "n" + number + "@127.0.0.1:" + (port + number - 1);
	}

	ClusterPresence presence() {
		return this.context.getBean(ClusterPresence.class);
	}

	ChannelServer channels() {
		return this.context.getBean(ChannelServer.class);
	}

	static Map<String, String> meta(int node) {
		return Map.of("status", "online", "node", "n" + node + "@127.0.0.1");
	}

	static void await(BooleanSupplier condition, long nanos) {
		long deadline = System.nanoTime() + nanos;
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("This takes too long");
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * The smallest application with a node.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
			ChannelAutoConfiguration.class, PresenceAutoConfiguration.class })
	static class Application {

		@Bean
		ChannelRoute rooms(ClusterPresence presence) {
			return ChannelRoute.of("room:{room}", new Room(presence));
		}

	}

	/**
	 * Tracks each client that joins.
	 *
	 * @param presence the presence
	 */
	record Room(ClusterPresence presence) implements ChannelHandler {

		@Override
		public Reply onJoin(Channel channel, ChannelPayload payload) {
			String user = (String) Objects.requireNonNull(payload.as(Map.class)).get("user");
			this.presence.track(channel, Objects.requireNonNull(user), meta(1));
			return Reply.ok();
		}

		@Override
		public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
			return Reply.none();
		}

	}

}
