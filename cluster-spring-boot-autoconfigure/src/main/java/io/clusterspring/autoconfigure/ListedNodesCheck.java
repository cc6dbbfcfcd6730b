package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;

/**
 * Warns of a node that the others do not expect or cannot reach, before it joins, and of
 * one that is alone because it looks for nobody, after that.
 */
final class ListedNodesCheck implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(ListedNodesCheck.class);

	private final ClusterProperties properties;

	private final List<Seed> seeds;

	private final ObjectProvider<Cluster> cluster;

	private final AtomicBoolean refreshed = new AtomicBoolean();

	ListedNodesCheck(ClusterProperties properties, List<Seed> seeds, ObjectProvider<Cluster> cluster) {
		this.properties = properties;
		this.seeds = List.copyOf(seeds);
		this.cluster = cluster;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Cluster present = this.cluster.getIfUnique();
		String mistake = (present != null) ? mistake(present.self()) : null;
		if (mistake != null) {
			logger.warn(mistake);
		}
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		Cluster present = this.cluster.getIfUnique();
		// the refresh of a child context is published here as well
		if (present != null && this.refreshed.compareAndSet(false, true) && looksForNobody(present.self())
				&& present.view().nodes().size() == 1) {
			logger.warn(present.self() + " is alone and looks for no other node, because none is listed. List the "
					+ "others in cluster.sync-nodes-optional or cluster.seeds, or choose a "
					+ "cluster.discovery.type; set cluster.transport=local if the application is to run alone");
		}
	}

	@Nullable String mistake(Node self) {
		List<NodeAddress> listed = this.properties.syncNodes().all();
		boolean unnamed = this.properties.node() == null;
		if (!listed.isEmpty() && !isListed(listed, self)) {
			return (unnamed ? "cluster.node is not set, so this node is called " + self + ", which is"
					: self + " (cluster.node) is") + " not among the listed nodes " + listed
					+ ": nodes with this list do not wait for it. Set cluster.node to one of them, or list this "
					+ "node too; a node does not wait for itself";
		}
		if (unnamed && isLoopback(self.host()) && othersAreElsewhere()) {
			return "cluster.node is not set, so this node listens on " + self.host() + " only, and nodes on other "
					+ "machines do not reach it. Set cluster.node to name@address, with an address of this machine "
					+ "that the others reach";
		}
		return null;
	}

	private boolean othersAreElsewhere() {
		return switch (this.properties.discovery().type()) {
			case STATIC -> this.seeds.stream().anyMatch((seed) -> !isLoopback(seed.host()));
			case DNS, KUBERNETES -> true;
			case JDBC, MULTICAST -> false;
		};
	}

	private boolean looksForNobody(Node self) {
		List<NodeAddress> listed = this.properties.syncNodes().all();
		return this.properties.discovery().type() == DiscoveryType.STATIC && this.seeds.isEmpty()
				&& this.properties.jgroups().config() == null
				&& listed.stream().allMatch((other) -> other.node().equals(self));
	}

	private static boolean isListed(List<NodeAddress> listed, Node self) {
		return listed.stream().anyMatch((other) -> other.node().equals(self));
	}

	private static boolean isLoopback(String host) {
		return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
	}

}
