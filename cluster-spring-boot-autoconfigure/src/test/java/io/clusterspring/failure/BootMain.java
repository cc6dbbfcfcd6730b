package io.clusterspring.failure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterEvent;
import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.NodeUp;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.pubsub.PubSub;

/**
 * Runs an application in a process of its own: it writes events to its output and reads
 * commands from its input. Arguments: properties, and the name of the node.
 */
public final class BootMain {

	private static final int LARGE = 4 << 20;

	private static final List<ByteBuffer> HOARD = new ArrayList<>();

	private BootMain() {
	}

	/**
	 * Run until the input ends or has the command to end.
	 * @param arguments see above
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		String[] properties = Stream
			.concat(Stream.of("--spring.main.banner-mode=off", "--logging.level.root=WARN"),
					Arrays.stream(arguments)
						.map((argument) -> argument.startsWith("--") ? argument : "--cluster.node=" + argument))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
			.web(WebApplicationType.NONE)
			.run(properties)) {
			PubSub pubSub = context.getBean(PubSub.class);
			pubSub.subscribe("talk", (message) -> tell("heard", message.payload(String.class)));
			pubSub.subscribe("hoard", (message) -> HOARD.add(message.bytes()));
			tell("started");
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
			String line = commands.readLine();
			while (line != null && !"leave".equals(line)) {
				obey(context, line.split(" "));
				line = commands.readLine();
			}
		}
		System.exit(0);
	}

	private static void obey(ConfigurableApplicationContext context, String[] command) {
		if ("say".equals(command[0])) {
			context.getBean(PubSub.class).broadcast("talk", command[1]);
			return;
		}
		if ("fill".equals(command[0])) {
			for (int i = 0; i < 100; i++) {
				context.getBean(PubSub.class).broadcastTo(Node.of(command[1]), "hoard", new byte[LARGE]);
			}
			return;
		}
		ClusterTransport transport = context.getBean(ClusterTransport.class);
		Map<Node, String> addresses = transport.details().addresses();
		context.getBean(Cluster.class)
			.view()
			.nodes()
			.forEach((node) -> tell("at", node.toString(), addresses.get(node)));
		transport.unreached().forEach((place) -> tell("unreached", place.cause().label(), place.place()));
		transport.refusedPeers().forEach((peer) -> tell("refused", peer.reason().label(), peer.address()));
	}

	private static synchronized void tell(String... words) {
		System.out.println("@" + String.join(" ", List.of(words)) + " " + System.currentTimeMillis());
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			ClusterAutoConfiguration.class, PubSubAutoConfiguration.class })
	static class App {

		@EventListener
		void on(ClusterEvent event) {
			tell((event instanceof NodeUp) ? "up" : "down", event.node().name());
		}

	}

}
