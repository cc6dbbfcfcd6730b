package io.clusterspring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.management.OperatingSystemMXBean;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.Cluster;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.pubsub.PubSub;

/**
 * Runs one node of a measurement in a process of its own: an application with the default
 * configuration of the starter. It reads one command per line, and answers each with a
 * line that begins with {@value NodeProcess#ANSWER}. It ends at the end of its input.
 */
public final class NodeMain {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private final Medium medium;

	private final Publisher publisher;

	private NodeMain(Medium medium, Publisher publisher) {
		this.medium = medium;
		this.publisher = publisher;
	}

	/**
	 * Start a node.
	 * @param arguments the variant, the number of the node from one on, and properties of
	 * the starter
	 * @throws IOException if the commands cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Variant variant = Variant.of(arguments[0]);
		int number = Integer.parseInt(arguments[1]);
		String[] properties = Arrays.copyOfRange(arguments, 2, arguments.length);
		AtomicReference<@Nullable JChannel> channel = new AtomicReference<>();
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory()
				.registerSingleton("channelCustomizer", (JGroupsChannelCustomizer) (created) -> {
					variant.customize(created);
					channel.set(created);
				}));
		try (ConfigurableApplicationContext context = application.run(properties)) {
			JChannel created = channel.get();
			if (created == null) {
				throw new IllegalStateException("There is no channel");
			}
			Medium medium = variant.medium(context.getBean(Cluster.class), context.getBean(PubSub.class), created);
			Publisher publisher = new Publisher(medium);
			boolean first = number == 1;
			if (first || number - 1 <= variant.mostHearers()) {
				medium.listen(first, first ? publisher : new Hearer(medium, number - 2));
			}
			new NodeMain(medium, publisher).serve(System.out);
		}
	}

	private void serve(PrintStream answers) throws IOException {
		answers.println(NodeProcess.ANSWER + "ready");
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			answers.println(execute(command.split(" ")));
		}
	}

	private String execute(String[] command) {
		try {
			return NodeProcess.ANSWER + switch (command[0]) {
				case "nodes" -> this.medium.nodes();
				case "cpu" -> SYSTEM.getProcessCpuTime();
				case "flood" -> this.publisher.flood(Integer.parseInt(command[1]), Duration.parse(command[2]));
				case "round-trips" ->
					percentiles(this.publisher.roundTrips(Integer.parseInt(command[1]), Duration.parse(command[2])));
				default -> throw new IllegalArgumentException("Unknown command " + command[0]);
			};
		}
		catch (RuntimeException | InterruptedException ex) {
			return NodeProcess.FAILURE + ex;
		}
	}

	private static String percentiles(long[] sorted) {
		return sorted.length + " " + sorted[sorted.length / 2] + " " + sorted[sorted.length * 99 / 100];
	}

	/**
	 * The smallest application with a node.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ClusterAutoConfiguration.class, PubSubAutoConfiguration.class })
	static class Application {

	}

}
