package io.clusterspring.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeNameTakenException;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportListener;

/**
 * An in-memory network for tests. The connected nodes form a cluster, with the same views
 * as in the real engine. The network can be split into {@link #partition(Set...)
 * partitions} and {@link #heal() healed}, and a node can be {@link #kill(Node) killed}.
 * One thread delivers all views and frames, so that each listener gets them in order.
 * Thread-safe.
 *
 * <p>
 * Nodes in different partitions may have the same name. When the partitions merge, the
 * node of the larger partition keeps the name, or the older node if both are equally
 * large. The other node is evicted.
 */
public final class LocalNetwork implements AutoCloseable {

	private static final ConcurrentMap<String, LocalNetwork> NAMED = new ConcurrentHashMap<>();

	private static final long IDLE_SECONDS = 1;

	private final String name;

	private final ExecutorService thread;

	/** The connected nodes, the oldest first, and the number of their partition. */
	private final Map<LocalTransport, Integer> sides = new LinkedHashMap<>();

	private long views;

	/**
	 * Create a network without nodes.
	 * @param name the name of the cluster
	 */
	public LocalNetwork(String name) {
		this.name = name;
		// one thread, which ends when it is idle: a suite of tests has many networks
		ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread created = new Thread(task, "local-network-" + name);
					created.setDaemon(true);
					return created;
				});
		one.allowCoreThreadTimeOut(true);
		this.thread = one;
	}

	/**
	 * Return the shared network with a name in this JVM, so that the application contexts
	 * of a test form one cluster. It exists until it is closed.
	 * @param name the name of the cluster
	 * @return the network
	 */
	public static LocalNetwork named(String name) {
		return NAMED.computeIfAbsent(name, LocalNetwork::new);
	}

	/**
	 * Return a new transport for a node of this network.
	 * @param node the node
	 * @return a transport, not yet connected
	 */
	public ClusterTransport transport(Node node) {
		return transport(node, PayloadLimit.DEFAULT);
	}

	/**
	 * Return a new transport for a node of this network.
	 * @param node the node
	 * @param maxPayload the maximum size of a payload, in bytes
	 * @return a transport, not yet connected
	 */
	public ClusterTransport transport(Node node, long maxPayload) {
		return new LocalTransport(this, node, new PayloadLimit(maxPayload));
	}

	/**
	 * Split the network into partitions. Nodes of different groups cannot reach each
	 * other. All nodes that are in no group, and new nodes, form one more partition.
	 * @param groups the nodes of each partition
	 */
	@SafeVarargs
	public final synchronized void partition(Set<Node>... groups) {
		Partitions before = new Partitions(this.sides);
		this.sides.replaceAll((member, side) -> sideOf(member.self(), groups));
		before.losers(this.sides).forEach(this::evict);
		installViews(before);
	}

	@SafeVarargs
	private static int sideOf(Node node, Set<Node>... groups) {
		int side = 0;
		for (int i = 0; i < groups.length; i++) {
			side = groups[i].contains(node) ? i + 1 : side;
		}
		return side;
	}

	private void evict(LocalTransport loser) {
		this.sides.remove(loser);
		TransportListener listener = loser.drop();
		ClusterView alone = new ClusterView(++this.views, List.of(loser.self()));
		if (listener != null) {
			later(() -> listener.evicted(alone));
		}
	}

	/**
	 * Merge all partitions into one new view.
	 */
	public void heal() {
		partition();
	}

	/**
	 * Kill a node: it leaves the view of the other nodes, and can no longer send or
	 * receive.
	 * @param node the node
	 */
	public synchronized void kill(Node node) {
		List.copyOf(this.sides.keySet()).stream().filter((member) -> member.self().equals(node)).forEach(this::remove);
	}

	/**
	 * Wait until all views and frames that are on their way have been delivered.
	 */
	public void settle() {
		if (!this.thread.isShutdown()) {
			await(this.thread.submit(() -> {
			}));
		}
	}

	static void await(Future<?> delivery) {
		try {
			delivery.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the in-memory network", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Stop all deliveries.
	 */
	@Override
	public void close() {
		NAMED.remove(this.name, this);
		this.thread.shutdownNow();
	}

	Future<?> add(LocalTransport transport) {
		synchronized (this) {
			Partitions before = new Partitions(this.sides);
			if (this.sides.containsKey(transport) || before.isTaken(0, transport.self())) {
				throw new NodeNameTakenException(transport.self(), this.name);
			}
			this.sides.put(transport, 0);
			installViews(before);
			return this.thread.submit(() -> {
			});
		}
	}

	synchronized void remove(LocalTransport transport) {
		Partitions before = new Partitions(this.sides);
		if (this.sides.remove(transport) != null) {
			transport.drop();
			installViews(before);
		}
	}

	void send(LocalTransport sender, byte[] frame) {
		deliver(sender, (receiver) -> receiver != sender, frame);
	}

	int send(LocalTransport sender, Predicate<? super Node> receivers, byte[] frame) {
		return deliver(sender, (receiver) -> receiver != sender && receivers.test(receiver.self()), frame);
	}

	void sendTo(LocalTransport sender, Node node, byte[] frame) {
		deliver(sender, (receiver) -> receiver != sender && receiver.self().equals(node), frame);
	}

	private synchronized int deliver(LocalTransport sender, Predicate<LocalTransport> receivers, byte[] frame) {
		Integer side = this.sides.get(sender);
		int count = 0;
		for (Map.Entry<LocalTransport, Integer> member : this.sides.entrySet()) {
			LocalTransport receiver = member.getKey();
			if (member.getValue().equals(side) && receivers.test(receiver)) {
				count++;
				later(() -> receiver.receive(sender.self(), frame));
			}
		}
		return count;
	}

	private void installViews(Partitions before) {
		for (List<LocalTransport> members : new Partitions(this.sides).all()) {
			if (!before.all().contains(members)) {
				long between = ++this.views;
				List<Node> nodes = nodes(members);
				ClusterView view = new ClusterView(++this.views, nodes);
				members.forEach((member) -> {
					List<Node> kept = nodes(members.stream().filter((other) -> before.isKnown(member, other)).toList());
					if (!kept.equals(nodes)) {
						later(() -> member.install(new ClusterView(between, kept)));
					}
					later(() -> member.install(view));
				});
			}
		}
	}

	private static List<Node> nodes(List<LocalTransport> members) {
		return members.stream().map(LocalTransport::self).toList();
	}

	private void later(Runnable delivery) {
		if (!this.thread.isShutdown()) {
			this.thread.execute(delivery);
		}
	}

}
