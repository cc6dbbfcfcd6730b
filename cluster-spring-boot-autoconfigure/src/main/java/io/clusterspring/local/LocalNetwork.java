package io.clusterspring.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeNameTakenException;

/**
 * A network in memory: the nodes that are connected to it form a cluster, with views as
 * the real engine gives them. It can be cut into {@link #partition(Set...) partitions}
 * and {@link #heal() healed}, and a node can be {@link #kill(Node) killed}. One thread
 * delivers everything, so that each listener hears of views and frames in one order.
 */
public final class LocalNetwork implements AutoCloseable {

	private static final ConcurrentMap<String, LocalNetwork> NAMED = new ConcurrentHashMap<>();

	private final String name;

	private final ExecutorService thread;

	/** The connected nodes, the oldest first, and their side of the partition. */
	private final Map<Node, Integer> sides = new LinkedHashMap<>();

	private final Map<Node, LocalTransport> transports = new LinkedHashMap<>();

	private long views;

	/**
	 * Create a network without nodes.
	 * @param name the name of the cluster
	 */
	public LocalNetwork(String name) {
		this.name = name;
		this.thread = Executors.newSingleThreadExecutor((task) -> {
			Thread created = new Thread(task, "local-network-" + name);
			created.setDaemon(true);
			return created;
		});
	}

	/**
	 * Return the network of a name that all of this JVM share, so that the application
	 * contexts of a test find each other. It lasts until it is closed.
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
		return new LocalTransport(this, node);
	}

	/**
	 * Cut the network: nodes of different groups are out of reach of each other. Nodes
	 * that are in no group are together in one more.
	 * @param groups the sides of the cut
	 */
	@SafeVarargs
	public final synchronized void partition(Set<Node>... groups) {
		Map<Integer, List<Node>> before = members();
		for (Node node : this.sides.keySet()) {
			int side = 0;
			for (int i = 0; i < groups.length; i++) {
				side = groups[i].contains(node) ? i + 1 : side;
			}
			this.sides.put(node, side);
		}
		installViews(before.values());
	}

	/**
	 * Join what was cut, in one new view.
	 */
	public void heal() {
		partition();
	}

	/**
	 * Let a node die: the others see it go, and it neither sends nor hears any more.
	 * @param node the node
	 */
	public void kill(Node node) {
		remove(node);
	}

	/**
	 * Stop the delivery.
	 */
	@Override
	public void close() {
		NAMED.remove(this.name, this);
		this.thread.shutdownNow();
	}

	Future<?> add(LocalTransport transport) {
		synchronized (this) {
			if (this.transports.putIfAbsent(transport.self(), transport) != null) {
				throw new NodeNameTakenException(transport.self(), this.name);
			}
			Map<Integer, List<Node>> before = members();
			this.sides.put(transport.self(), 0);
			installViews(before.values());
			return this.thread.submit(() -> {
			});
		}
	}

	synchronized void remove(LocalTransport transport) {
		if (this.transports.get(transport.self()) == transport) {
			remove(transport.self());
		}
	}

	synchronized void send(LocalTransport sender, byte[] frame) {
		List.copyOf(this.sides.keySet()).forEach((node) -> sendTo(sender, node, frame));
	}

	synchronized void sendTo(LocalTransport sender, Node node, byte[] frame) {
		LocalTransport receiver = this.transports.get(node);
		if (receiver != null && receiver != sender && this.transports.get(sender.self()) == sender
				&& Objects.equals(this.sides.get(node), this.sides.get(sender.self()))) {
			later(() -> receiver.receive(sender.self(), frame));
		}
	}

	private synchronized void remove(Node node) {
		Map<Integer, List<Node>> before = members();
		LocalTransport removed = this.transports.remove(node);
		this.sides.remove(node);
		if (removed != null) {
			removed.drop();
			installViews(before.values());
		}
	}

	private Map<Integer, List<Node>> members() {
		Map<Integer, List<Node>> members = new LinkedHashMap<>();
		this.sides.forEach((node, side) -> members.computeIfAbsent(side, (key) -> new ArrayList<>()).add(node));
		return members;
	}

	private void installViews(Collection<List<Node>> before) {
		for (List<Node> nodes : members().values()) {
			if (!before.contains(nodes)) {
				ClusterView view = new ClusterView(++this.views, nodes);
				nodes.forEach((node) -> install(this.transports.get(node), view));
			}
		}
	}

	private void install(@Nullable LocalTransport receiver, ClusterView view) {
		if (receiver != null) {
			later(() -> receiver.install(view));
		}
	}

	private void later(Runnable delivery) {
		if (!this.thread.isShutdown()) {
			this.thread.execute(delivery);
		}
	}

}
