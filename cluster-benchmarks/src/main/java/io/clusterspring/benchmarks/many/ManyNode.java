package io.clusterspring.benchmarks.many;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.management.OperatingSystemMXBean;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import io.clusterspring.Cluster;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.FailoverAutoConfiguration;
import io.clusterspring.autoconfigure.PresenceAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.benchmarks.NodeProcess;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.StartReason;
import io.clusterspring.interest.Interests;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.presence.Presence;

/**
 * A node of many in a process of its own: an application with the default configuration
 * of the starter, a presence entry and a distributed application. It says when it is
 * about to connect, and connects on command, so that many connect at once. It ends at the
 * end of its input.
 */
public final class ManyNode {

	/** The topic of broadcasts that some nodes listen to. */
	static final String TOPIC = "some";

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private final BufferedReader commands = new BufferedReader(
			new InputStreamReader(System.in, StandardCharsets.UTF_8));

	private final PrintStream answers = System.out;

	private final Views views = new Views();

	private final AtomicReference<@Nullable JChannel> channel = new AtomicReference<>();

	private ManyNode() {
	}

	/**
	 * Run a node.
	 * @param arguments properties of the starter
	 * @throws IOException if the commands cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		new ManyNode().run(arguments);
		System.exit(0);
	}

	private void run(String[] properties) throws IOException {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers((context) -> prepare((GenericApplicationContext) context));
		try (ConfigurableApplicationContext context = application.run(properties)) {
			String self = context.getBean(Cluster.class).self().name();
			context.getBean(Presence.class).track(this, "all", self, Map.of());
			Load load = new Load(context);
			this.answers.println(NodeProcess.ANSWER + "started");
			for (String line = this.commands.readLine(); line != null; line = this.commands.readLine()) {
				this.answers.println(execute(line.split(" "), load));
			}
		}
	}

	private void prepare(GenericApplicationContext context) {
		context.getBeanFactory().registerSingleton("gate", (JGroupsChannelCustomizer) this::awaitTurn);
		context.registerBean(Views.class, () -> this.views);
		context.registerBean(IdleApplication.class);
		context.registerBean(Learning.class, () -> new Learning(context.getBean(Interests.class),
				context.getEnvironment().getProperty("benchmark.topics", Integer.class, 0)));
	}

	// an evicted node connects once more
	private void awaitTurn(JChannel created) {
		created.getProtocolStack().getTransport().getMessageStats().enable(true);
		if (this.channel.getAndSet(created) == null) {
			try {
				this.answers.println(NodeProcess.ANSWER + "connects");
				this.commands.readLine();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private String execute(String[] command, Load load) {
		try {
			return NodeProcess.ANSWER + switch (command[0]) {
				case "view" -> this.views.take();
				case "cpu" -> SYSTEM.getProcessCpuTime();
				case "traffic" -> Traffic.of(this.channel.get());
				default -> load.execute(command);
			};
		}
		catch (RuntimeException | InterruptedException ex) {
			return NodeProcess.FAILURE + ex;
		}
	}

	/**
	 * The smallest application with a node.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
			ChannelAutoConfiguration.class, PresenceAutoConfiguration.class, FailoverAutoConfiguration.class })
	static class Application {

	}

	/** A distributed application that does nothing. */
	static final class IdleApplication implements DistributedApplication {

		@Override
		public String name() {
			return "idle";
		}

		@Override
		public void start(StartReason reason) {
		}

		@Override
		public void stop() {
		}

	}

}
