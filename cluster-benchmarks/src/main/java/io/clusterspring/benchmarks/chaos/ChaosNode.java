package io.clusterspring.benchmarks.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterEvent;
import io.clusterspring.Node;
import io.clusterspring.NodeUp;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.FailoverAutoConfiguration;
import io.clusterspring.autoconfigure.PresenceAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.StartReason;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.presence.Presence;
import io.clusterspring.presence.PresenceEntry;
import io.clusterspring.pubsub.PubSub;

/**
 * A node in a process of its own that reports all its events: an application with the
 * default configuration of the starter, a publisher, a presence entry and two distributed
 * applications. It reports when it is ready to connect, and connects on command, so that
 * many nodes can connect at once. It ends at the end of its input.
 */
public final class ChaosNode {

	/**
	 * The distributed application without a quorum.
	 */
	static final String SINGLE = "single";

	/**
	 * The distributed application with a quorum of the majority.
	 */
	static final String VOTED = "voted";

	private static final String TOPIC = "chaos";

	private final long incarnation = System.nanoTime();

	private final BufferedReader commands = new BufferedReader(
			new InputStreamReader(System.in, StandardCharsets.UTF_8));

	private final PrintStream out = System.out;

	private final AtomicBoolean gone = new AtomicBoolean();

	private ChaosNode() {
	}

	/**
	 * Run a node.
	 * @param arguments the names of all nodes, separated by commas, and properties of the
	 * starter
	 * @throws IOException if the commands cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		List<String> nodes = List.of(arguments[0].split(","));
		new ChaosNode().run(nodes, Arrays.copyOfRange(arguments, 1, arguments.length));
		System.exit(0);
	}

	private void run(List<String> nodes, String[] properties) throws IOException {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers((context) -> prepare((GenericApplicationContext) context));
		try (ConfigurableApplicationContext context = application.run(properties)) {
			Load load = context.getBean(Load.class);
			Presence presence = context.getBean(Presence.class);
			String self = context.getBean(Cluster.class).self().name();
			presence.track(this, TOPIC, self, Map.of("incarnation", this.incarnation));
			load.start(nodes);
			tell(NodeEvent.Kind.STARTED, self);
			for (String line = this.commands.readLine(); line != null; line = this.commands.readLine()) {
				obey(line.split(" "), load, presence);
			}
		}
	}

	private void prepare(GenericApplicationContext context) {
		context.getBeanFactory().registerSingleton("node", this);
		context.getBeanFactory().registerSingleton("gate", (JGroupsChannelCustomizer) (channel) -> awaitTurn());
		context.registerBean(Load.class, () -> new Load(context.getBean(Cluster.class), context.getBean(PubSub.class),
				context.getBean(Cluster.class).self().name(), this.incarnation));
		for (String name : List.of(SINGLE, VOTED)) {
			context.registerBean(name, ToldApplication.class, () -> new ToldApplication(name, this::tell));
		}
	}

	private void awaitTurn() {
		// an evicted node connects once more
		if (this.gone.compareAndSet(false, true)) {
			try {
				tell(NodeEvent.Kind.READY, "" + this.incarnation);
				this.commands.readLine();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void obey(String[] command, Load load, Presence presence) {
		switch (command[0]) {
			case "rate" -> load.rate(Integer.parseInt(command[1]));
			case "state" -> Words.answer(this.out, new NodeState(load.sent(), load.report(), present(presence)));
			case "footprint" -> Words.answer(this.out, Footprint.ofThisProcess());
			default -> throw new IllegalArgumentException("Unknown command " + command[0]);
		}
	}

	private static Map<String, Integer> present(Presence presence) {
		return presence.list(TOPIC)
			.values()
			.stream()
			.collect(Collectors.toMap(PresenceEntry::key, (entry) -> entry.metas().size()));
	}

	@EventListener
	void changed(ClusterEvent event) {
		List<String> view = event.view().nodes().stream().map(Node::name).toList();
		NodeEvent.Kind kind = (event instanceof NodeUp) ? NodeEvent.Kind.UP : NodeEvent.Kind.DOWN;
		Words.event(this.out, new NodeEvent(kind, event.node().name(), System.nanoTime(), view));
	}

	private void tell(NodeEvent.Kind kind, String subject) {
		Words.event(this.out, new NodeEvent(kind, subject, System.nanoTime(), List.of()));
	}

	/**
	 * The smallest application with a node.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
			ChannelAutoConfiguration.class, PresenceAutoConfiguration.class, FailoverAutoConfiguration.class })
	static class Application {

	}

	/**
	 * A distributed application that only reports when it runs.
	 *
	 * @param name its name
	 * @param told receives the kind of the event, and the application
	 */
	record ToldApplication(String name, BiConsumer<NodeEvent.Kind, String> told) implements DistributedApplication {

		@Override
		public void start(StartReason reason) {
			this.told.accept(NodeEvent.Kind.RUN, this.name);
		}

		@Override
		public void stop() {
			this.told.accept(NodeEvent.Kind.REST, this.name);
		}

	}

}
