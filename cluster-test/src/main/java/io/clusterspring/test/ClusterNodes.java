package io.clusterspring.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;

/**
 * The nodes of a {@link ClusterTest}, and the network between them. Nodes have numbers,
 * beginning with 1. After each test the clients are closed, nodes that were cut off are
 * connected again, and nodes that were killed start again. Not thread-safe.
 */
public final class ClusterNodes {

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private final List<ChannelTestClient> clients = new ArrayList<>();

	private final Set<Integer> killed = new TreeSet<>();

	ClusterNodes() {
	}

	/**
	 * Return the number of nodes.
	 * @return the number
	 */
	public int size() {
		return this.contexts.size();
	}

	/**
	 * Return the application context of a node.
	 * @param number the number of the node
	 * @return the context
	 */
	public ConfigurableApplicationContext context(int number) {
		Assert.isTrue(number >= 1 && number <= size(),
				() -> "There is no node " + number + ": this test has the nodes 1 to " + size());
		return this.contexts.get(number - 1);
	}

	/**
	 * Return the name of a node.
	 * @param number the number of the node
	 * @return the node
	 */
	public Node node(int number) {
		return context(number).getBean(Cluster.class).self();
	}

	/**
	 * Connect a client to a node, without a user or parameters.
	 * @param number the number of the node
	 * @return the connected client, closed after the test
	 * @throws AssertionError if the application refuses
	 */
	public ChannelTestClient client(int number) {
		return client(number, UnaryOperator.identity());
	}

	/**
	 * Connect a client to a node.
	 * @param number the number of the node
	 * @param connection adds parameters, headers or a user to the connection
	 * @return the connected client, closed after the test
	 * @throws AssertionError if the application refuses
	 */
	public ChannelTestClient client(int number, UnaryOperator<ChannelTestConnect> connection) {
		ChannelTestClient client = connection.apply(ChannelTestClient.on(context(number))).connect();
		this.clients.add(client);
		return client;
	}

	/**
	 * Cut nodes off from all others. They reach each other. Returns when each node has
	 * its new view.
	 * @param numbers the numbers of the nodes
	 */
	public void cut(int... numbers) {
		network().partition(Arrays.stream(numbers).mapToObj(this::node).collect(Collectors.toSet()));
		network().settle();
	}

	/**
	 * Connect all nodes again. Returns when each node has its new view.
	 */
	public void heal() {
		network().heal();
		network().settle();
	}

	/**
	 * Let a node die as if its process had been killed. The other nodes see it go down;
	 * its own application goes on, and neither hears nor is heard. Returns when the other
	 * nodes have their new view.
	 * @param number the number of the node
	 */
	public void kill(int number) {
		this.killed.add(number);
		network().kill(node(number));
		network().settle();
	}

	/**
	 * Return the network between the nodes.
	 * @return the network
	 */
	public LocalNetwork network() {
		return context(1).getBean(LocalNetwork.class);
	}

	void use(List<ConfigurableApplicationContext> present) {
		this.contexts.clear();
		this.contexts.addAll(present);
	}

	boolean isUnused() {
		return this.contexts.isEmpty();
	}

	void reset() {
		this.clients.forEach(ChannelTestClient::close);
		this.clients.clear();
		heal();
		for (int number : this.killed) {
			context(number).stop();
			context(number).start();
		}
		this.killed.clear();
		network().settle();
	}

}
