package io.clusterspring.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeNameTakenException;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportListener;

/**
 * A network in memory: the nodes that are connected to it form a cluster, with views as
 * the real engine gives them. It can be cut into {@link #partition(Set...) partitions}
 * and {@link #heal() healed}, and a node can be {@link #kill(Node) killed}. One thread
 * delivers everything, so that each listener hears of views and frames in one order.
 *
 * <p>
 * A name may be taken twice on two sides of a cut. When they meet, the node that comes
 * from the larger side keeps it, of two equal ones the older node; the other is evicted.
 */
public final class LocalNetwork implements AutoCloseable {

	private static final ConcurrentMap<String, LocalNetwork> NAMED = new ConcurrentHashMap<>();

	private final String name;

	private final ExecutorService thread;

	/** The connected nodes, the oldest first, and their side of the partition. */
	private final Map<LocalTransport, Integer> sides = new LinkedHashMap<>();

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
		return transport(node, PayloadLimit.DEFAULT);
	}

	/**
	 * Return a new transport for a node of this network.
	 * @param node the node
	 * @param maxPayload the largest payload it sends, in bytes
	 * @return a transport, not yet connected
	 */
	public ClusterTransport transport(Node node, long maxPayload) {
		return new LocalTransport(this, node, new PayloadLimit(maxPayload));
	}

	/**
	 * Cut the network: nodes of different groups are out of reach of each other. Nodes
	 * that are in no group are together in one more, and new ones join them.
	 * @param groups the sides of the cut
	 */
	@SafeVarargs
	public final synchronized void partition(Set<Node>... groups) {
		Parts before = new Parts(this.sides);
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
		TransportListener hearing = loser.drop();
		ClusterView alone = new ClusterView(++this.views, List.of(loser.self()));
		if (hearing != null) {
			later(() -> hearing.evicted(alone));
		}
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
	public synchronized void kill(Node node) {
		List.copyOf(this.sides.keySet()).stream().filter((member) -> member.self().equals(node)).forEach(this::remove);
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
			Parts before = new Parts(this.sides);
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
		Parts before = new Parts(this.sides);
		if (this.sides.remove(transport) != null) {
			transport.drop();
			installViews(before);
		}
	}

	synchronized void send(LocalTransport sender, byte[] frame) {
		Integer side = this.sides.get(sender);
		this.sides.forEach((receiver, other) -> {
			if (receiver != sender && other.equals(side)) {
				later(() -> receiver.receive(sender.self(), frame));
			}
		});
	}

	synchronized void sendTo(LocalTransport sender, Node node, byte[] frame) {
		Integer side = this.sides.get(sender);
		this.sides.forEach((receiver, other) -> {
			if (receiver != sender && other.equals(side) && receiver.self().equals(node)) {
				later(() -> receiver.receive(sender.self(), frame));
			}
		});
	}

	private void installViews(Parts before) {
		for (List<LocalTransport> members : new Parts(this.sides).all()) {
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
