package io.clusterspring.failure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.ClusterEvent;
import io.clusterspring.FrameRefusal;
import io.clusterspring.ManagedCluster;
import io.clusterspring.NodeAddress;
import io.clusterspring.NodeUp;
import io.clusterspring.PayloadLimit;
import io.clusterspring.SyncNodes;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.interest.InterestSettings;
import io.clusterspring.interest.Interests;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.wire.ClusterWire;

/**
 * Runs a node in a process of its own: it writes events to its output and reads commands
 * from its input. Arguments: cluster, first port, failure detection timeout, this node,
 * listed nodes.
 */
public final class NodeMain {

	private final JGroupsTransport transport;

	private final ClusterHistory history;

	private final ClusterPubSub pubSub;

	private final PresenceWatch presence;

	private final ManagedCluster cluster;

	private final Heard heard = new Heard();

	private final long incarnation = System.nanoTime();

	private volatile long intervalNanos;

	private volatile int size = 16;

	private volatile int large;

	private volatile long sent;

	private volatile long longestWait;

	private NodeMain(String[] arguments) {
		List<NodeAddress> listed = Arrays.stream(arguments).skip(4).map(NodeAddress::of).toList();
		PortRange ports = new PortRange(Integer.parseInt(arguments[1]), 10);
		ExecutorService executor = Executors.newCachedThreadPool();
		this.transport = new JGroupsTransport(arguments[0], NodeAddress.of(arguments[3]), listed,
				NodeLookups.listed(listed, List.of()), ports, ListenSettings.DEFAULT, List.of(),
				new ConnectionSecurity(null, null), limits(Duration.parse(arguments[2])));
		ClusterWire wire = new ClusterWire(this.transport, executor, 1_000_000);
		Interests interests = new Interests(wire, InterestSettings.DEFAULT);
		this.history = new ClusterHistory(wire, histories());
		this.pubSub = new ClusterPubSub(wire, interests, new JacksonPayloadCodec(JsonMapper.shared()), executor,
				1_000_000, MessageObserver.NONE, this.history,
				(gap) -> tell("gap", gap.first(), gap.last(), System.currentTimeMillis()));
		this.presence = new PresenceWatch(wire, this.pubSub, executor, NodeMain::tell);
		this.cluster = new ManagedCluster(arguments[0], this.transport, new SyncNodes(listed, List.of(), null),
				List.of(wire, interests, this.history, this.presence.listener()), executor,
				(event) -> tell((ClusterEvent) event));
	}

	private static List<HistorySettings> histories() {
		int size = Integer.getInteger("history", 0);
		return (size == 0) ? List.of()
				: List.of(new HistorySettings("load", List.of("load"), size, Duration.ofMinutes(5), 100_000_000));
	}

	private static NodeLimits limits(Duration detection) {
		Duration patience = Duration.ofMillis(Long.getLong("patience", NodeLimits.DEFAULT.patience().toMillis()));
		return new NodeLimits(detection, NodeLimits.DEFAULT.outbox(), patience,
				Long.getLong("payload", PayloadLimit.DEFAULT));
	}

	/**
	 * Run until the input ends or has the command to end.
	 * @param arguments see above
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		new NodeMain(arguments).run();
		System.exit(0);
	}

	private void run() throws IOException {
		this.pubSub.subscribe("load", (message) -> this.heard.add(message.node(), message.bytes()));
		this.pubSub.subscribe("beside", (message) -> tell("beside", message.node().name(), message.bytes().remaining(),
				this.heard.report(), System.currentTimeMillis()));
		this.cluster.start();
		tell("started", System.currentTimeMillis());
		Thread publisher = new Thread(this::publish, "publisher");
		publisher.setDaemon(true);
		publisher.start();
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
		String line = commands.readLine();
		while (line != null && !"leave".equals(line)) {
			obey(line.split(" "));
			line = commands.readLine();
		}
		tell("leaving", this.transport.self().name(), System.currentTimeMillis());
		this.cluster.stop();
	}

	private void obey(String[] command) {
		switch (command[0]) {
			case "publish" -> {
				this.size = Integer.parseInt(command[2]);
				this.intervalNanos = Duration.ofSeconds(1).toNanos() / Integer.parseInt(command[1]);
			}
			case "watch" -> this.presence.watch();
			case "track" -> this.presence.track(command[1]);
			case "list" -> tell("list", this.presence.list(), System.currentTimeMillis());
			case "large" -> {
				this.large = Integer.parseInt(command[1]);
			}
			case "beside" -> sendBeside(Integer.parseInt(command[1]));
			case "engine" -> tell("engine", this.transport.failures().size(),
					this.transport.refusedFrames(FrameRefusal.FRAGMENT), System.currentTimeMillis());
			case "pause" -> {
				this.intervalNanos = 0;
			}
			case "reset" -> {
				this.longestWait = 0;
				this.heard.reset();
			}
			default -> tell(command[0], this.sent, this.longestWait, this.transport.dropped(), this.heard.report());
		}
	}

	// not on the thread of the publisher
	private void sendBeside(int bytes) {
		Thread sender = new Thread(() -> this.pubSub.broadcast("beside", new byte[bytes]), "beside");
		sender.setDaemon(true);
		sender.start();
	}

	private int nextSize() {
		int next = Math.max(this.large, this.size);
		this.large = 0;
		return next;
	}

	private void publish() {
		long next = System.nanoTime();
		while (true) {
			long interval = this.intervalNanos;
			if (interval == 0 || next > System.nanoTime()) {
				LockSupport.parkNanos(500_000);
				next = (interval == 0) ? System.nanoTime() : next;
				continue;
			}
			next += interval;
			byte[] payload = ByteBuffer.allocate(nextSize()).putLong(this.incarnation).putLong(this.sent).array();
			long start = System.nanoTime();
			this.pubSub.broadcast("load", payload);
			this.longestWait = Math.max(this.longestWait, System.nanoTime() - start);
			this.sent++;
		}
	}

	private static void tell(ClusterEvent event) {
		tell((event instanceof NodeUp) ? "up" : "down", event.node().name(), System.currentTimeMillis());
	}

	private static synchronized void tell(Object... words) {
		System.out.println("@" + String.join(" ", Arrays.stream(words).map(String::valueOf).toList()));
	}

}
