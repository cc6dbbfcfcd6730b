package io.clusterspring.failure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

import io.clusterspring.ClusterEvent;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.NodeUp;
import io.clusterspring.SyncNodes;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.run.FailoverController;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.wire.ClusterWire;

import static org.awaitility.Awaitility.await;

/**
 * Runs a node with distributed applications {@code a} and {@code b} in a process of its
 * own. Arguments: cluster, first port, failure detection timeout, log of all nodes,
 * timeout, quorum, lease, this node, listed nodes in the order of their priority.
 */
public final class FailoverMain {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private FailoverMain() {
	}

	/**
	 * Run until the input ends or has the command to end.
	 * @param arguments see above
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		List<NodeAddress> listed = Arrays.stream(arguments).skip(8).map(NodeAddress::of).toList();
		NodeAddress self = NodeAddress.of(arguments[7]);
		ExecutorService executor = Executors.newCachedThreadPool();
		NodeLimits limits = new NodeLimits(Duration.parse(arguments[2]), NodeLimits.DEFAULT.outbox(),
				NodeLimits.DEFAULT.patience());
		JGroupsTransport transport = new JGroupsTransport(arguments[0], self, listed,
				NodeLookups.listed(listed, List.of()), new PortRange(Integer.parseInt(arguments[1]), 10),
				ListenSettings.DEFAULT, List.of(), new ConnectionSecurity(null, null), limits);
		ClusterWire wire = new ClusterWire(transport, executor, 65_536);
		Placement placement = new Placement(listed.stream().map((node) -> List.of(node.node())).toList(),
				Duration.parse(arguments[4]), Quorum.of(arguments[5]), Duration.parse(arguments[6]),
				Placement.DEFAULT_START_TIMEOUT, STOP_TIMEOUT);
		RunLog log = new RunLog(Path.of(arguments[3]));
		Map<String, LoggedApplication> applications = List.of("a", "b")
			.stream()
			.collect(Collectors.toMap((name) -> name, (name) -> new LoggedApplication(name, self.node().name(), log)));
		FailoverController controller = new FailoverController(wire, applications::values,
				Map.of("a", placement, "b", placement), limits.detection(), executor);
		applications.values().forEach((application) -> application.allowedBy(controller));
		ManagedCluster cluster = new ManagedCluster(arguments[0], transport, new SyncNodes(listed, List.of(), null),
				List.of(wire, controller), executor, (event) -> {
					String change = (event instanceof NodeUp) ? "up " : "down ";
					tell(change + ((ClusterEvent) event).node().name());
				});
		cluster.start();
		controller.start();
		tell("started");
		obey(controller);
		controller.stop();
		cluster.stop();
		System.exit(0);
	}

	private static void obey(FailoverController controller) throws IOException {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
		String line = commands.readLine();
		while (line != null && !"leave".equals(line)) {
			String[] words = line.split(" ");
			if (words[0].equals("move")) {
				// on a busy machine the node has not told yet that it can run it
				await().ignoreExceptionsInstanceOf(IllegalArgumentException.class)
					.atMost(NodeProcesses.PATIENCE)
					.untilAsserted(() -> controller.move(words[1], Node.of(words[2])));
			}
			else {
				controller.permit(words[1], Node.of(words[2]), words[0].equals("permit"));
			}
			line = commands.readLine();
		}
	}

	private static synchronized void tell(String event) {
		System.out.println("@" + event + " " + System.currentTimeMillis());
	}

}
