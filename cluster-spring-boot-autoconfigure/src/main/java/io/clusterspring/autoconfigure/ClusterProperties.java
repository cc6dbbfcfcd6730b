package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

import io.clusterspring.ClusterCookie;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.SyncNodes;
import io.clusterspring.SyncTimeout;
import io.clusterspring.autoconfigure.EvictionResponse.EvictionProperties;
import io.clusterspring.autoconfigure.FailureResponse.FailureProperties;
import io.clusterspring.failover.Placement;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.interest.InterestSettings;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.engine.ListenSettings;

/**
 * Properties of the cluster.
 *
 * @param enabled Whether to make the application a node of a cluster.
 * @param transport Connection of the nodes: 'jgroups', or 'local' for memory within one
 * JVM, for tests and for an application that runs alone.
 * @param name Name of the cluster, the same on all its nodes. Defaults to the name of the
 * application.
 * @param node Name of this node and the address it listens on, as 'name@host' or
 * 'name@host:port'. Defaults to the name of the application with a random suffix, on the
 * loopback address.
 * @param bind Address, network interface or host name to listen on in place of the host
 * in the node's name. Use '0.0.0.0' or '::' for all addresses of this machine.
 * @param advertised Host or 'host:port' at which other nodes find this one, if that is
 * not where it listens, as with port mapping or NAT.
 * @param port First TCP port for the connections between nodes.
 * @param portRange Number of TCP ports, beginning with the first one. A node without a
 * port in its name takes the first free one, and is searched in all of them.
 * @param syncNodesOptional Nodes to search at startup. With a timeout, the node waits for
 * them, and starts without them after the timeout.
 * @param syncNodesMandatory Nodes to search at startup. With a timeout, the node waits
 * for them, and the start fails if one was not seen.
 * @param syncNodesTimeout Maximum time to wait at startup for the listed nodes: a number
 * of milliseconds, a duration, or 'infinity'. Without it, or with '0' or nothing, no node
 * is waited for.
 * @param syncNodesMinimum Minimum number of nodes, this one included, in the cluster.
 * With a timeout, the node waits for them, and the start fails if they are fewer.
 * @param seeds Addresses at which to search nodes, without waiting for them, as 'host',
 * 'host:port' or 'name@host:port'.
 * @param discovery Properties of how nodes find each other.
 * @param jgroups Properties of the engine.
 * @param cookie Secret that all nodes of the cluster share, as Erlang's cookie. A process
 * without it is refused, and all traffic between nodes is encrypted.
 * @param ssl Properties of TLS between nodes.
 * @param failureDetection Properties of failure detection.
 * @param eviction Properties of the reaction to an eviction: another live process has the
 * node's name.
 * @param failure Properties of the reaction to a failure of the engine.
 * @param outbox Properties of the messages on their way to another node.
 * @param maxPayloadSize Maximum size of a payload that is sent to other nodes. A larger
 * one is refused with an exception. From 1 MB to 1 GB, the same on all nodes.
 * @param executor Properties of the threads that run the application's code.
 * @param pubsub Properties of topics.
 * @param history Topics and destinations whose messages are kept for those that come
 * back, by names of your choice. The same on all nodes.
 * @param channels Properties of channels.
 * @param http Properties of topics by plain HTTP.
 * @param stomp Properties of Spring's STOMP broker.
 * @param presence Properties of presence.
 * @param revocation Properties of how sockets and STOMP sessions are closed that lose
 * their right.
 * @param sessions Properties of HTTP sessions.
 * @param distributed Placement of distributed applications, by their names. The same on
 * all nodes.
 */
@ConfigurationProperties("cluster")
record ClusterProperties(@DefaultValue("true") boolean enabled, @DefaultValue("jgroups") TransportType transport,
		@Nullable String name, @Nullable NodeAddress node, @Nullable String bind, @Nullable Seed advertised,
		@DefaultValue("7800") int port, @DefaultValue("10") int portRange,
		@DefaultValue List<NodeAddress> syncNodesOptional, @DefaultValue List<NodeAddress> syncNodesMandatory,
		@Nullable SyncTimeout syncNodesTimeout, @DefaultValue("0") int syncNodesMinimum, @DefaultValue List<Seed> seeds,
		@NestedConfigurationProperty @DefaultValue DiscoveryProperties discovery, @DefaultValue Jgroups jgroups,
		@Nullable ClusterCookie cookie, @DefaultValue Ssl ssl, @DefaultValue FailureDetection failureDetection,
		@NestedConfigurationProperty @DefaultValue EvictionProperties eviction,
		@NestedConfigurationProperty @DefaultValue FailureProperties failure, @DefaultValue Outbox outbox,
		@DefaultValue("16MB") DataSize maxPayloadSize,
		@NestedConfigurationProperty @DefaultValue ExecutorProperties executor, @DefaultValue PubSubProperties pubsub,
		@DefaultValue Map<String, HistoryProperties> history,
		@NestedConfigurationProperty @DefaultValue ChannelProperties channels,
		@NestedConfigurationProperty @DefaultValue HttpProperties http,
		@NestedConfigurationProperty @DefaultValue StompProperties stomp,
		@NestedConfigurationProperty @DefaultValue PresenceProperties presence,
		@NestedConfigurationProperty @DefaultValue RevocationProperties revocation,
		@NestedConfigurationProperty @DefaultValue SessionProperties sessions,
		@DefaultValue Map<String, DistributedProperties> distributed) implements Validator {

	String nameIn(Environment environment) {
		String given = StringUtils.hasText(this.name) ? this.name : environment.getProperty("spring.application.name");
		return (given != null && StringUtils.hasText(given)) ? given : "application";
	}

	NodeAddress nodeIn(Environment environment) {
		if (this.node != null) {
			return this.node;
		}
		String readable = nameIn(environment).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-");
		String suffix = UUID.randomUUID().toString().substring(0, 6);
		return new NodeAddress(new Node(readable + "-" + suffix, listen().host()), null);
	}

	ListenSettings listen() {
		Duration patience = (this.syncNodesTimeout != null && !this.syncNodesTimeout.isZero())
				? this.syncNodesTimeout.limit() : ListenSettings.DEFAULT.patience();
		return new ListenSettings(this.bind, this.advertised, patience);
	}

	SyncNodes syncNodes() {
		return new SyncNodes(this.syncNodesOptional, this.syncNodesMandatory, this.syncNodesTimeout,
				this.syncNodesMinimum);
	}

	NodeLimits limits() {
		return new NodeLimits(this.failureDetection.timeout(), this.outbox.capacity().toBytes(), this.outbox.timeout(),
				this.maxPayloadSize.toBytes());
	}

	List<HistorySettings> histories() {
		return this.history.entrySet()
			.stream()
			.filter((history) -> !history.getValue().topics().isEmpty())
			.map((history) -> history.getValue().topics(history.getKey()))
			.toList();
	}

	/** The histories of destinations of Spring's broker. */
	List<HistorySettings> destinationHistories() {
		return this.history.entrySet()
			.stream()
			.filter((history) -> !history.getValue().destinations().isEmpty())
			.map((history) -> history.getValue().destinations(history.getKey()))
			.toList();
	}

	Map<String, Placement> placements() {
		Map<String, Placement> placements = new TreeMap<>();
		this.distributed.forEach((application, distributed) -> placements.put(application, distributed.placement()));
		return placements;
	}

	@Override
	public boolean supports(Class<?> type) {
		return type == ClusterProperties.class;
	}

	@Override
	public void validate(Object target, Errors errors) {
		PropertyRules.check((ClusterProperties) target, errors);
	}

	/**
	 * Properties of the engine.
	 *
	 * @param config Location of a JGroups XML, which then defines where this node listens
	 * and how nodes find each other.
	 */
	record Jgroups(@Nullable Resource config) {
	}

	/**
	 * Properties of failure detection.
	 *
	 * @param timeout Time after which a silent node is removed from the cluster, if its
	 * connection was not closed. The same on all nodes, at least a second.
	 */
	record FailureDetection(@DefaultValue("8s") Duration timeout) {
	}

	/**
	 * Properties of the messages on their way to another node.
	 *
	 * @param capacity Maximum size of the messages on their way to one node. A publisher
	 * that exceeds it waits. The same on all nodes.
	 * @param timeout Maximum time that a publisher waits for a node that takes no
	 * messages. After that its messages are lost for that node.
	 */
	record Outbox(@DefaultValue("4MB") DataSize capacity, @DefaultValue("500ms") Duration timeout) {
	}

	/**
	 * Properties of TLS between nodes.
	 *
	 * @param bundle Name of the SSL bundle with the certificate of this node and those it
	 * trusts. With a bundle, all traffic between nodes is mutual TLS.
	 */
	record Ssl(@Nullable String bundle) {
	}

	/**
	 * The transports that can connect nodes.
	 */
	enum TransportType {

		/** JGroups, over the network. */
		JGROUPS,

		/** Memory, for nodes in one JVM. */
		LOCAL

	}

	/**
	 * Properties of topics.
	 *
	 * @param mailboxCapacity Maximum number of messages that wait for one listener.
	 * Further messages are lost for that listener.
	 * @param mailboxSize Maximum size of the messages that wait for one listener, or in
	 * one mailbox of the starter itself, and at most a quarter of the heap. Further
	 * messages are lost for that listener, but one message can always wait.
	 * @param routing Properties of which nodes a broadcast goes to.
	 */
	record PubSubProperties(@DefaultValue("65536") int mailboxCapacity, @DefaultValue("64MB") DataSize mailboxSize,
			@DefaultValue Routing routing) {

		long mailboxBytes() {
			return Math.min(this.mailboxSize.toBytes(), Runtime.getRuntime().maxMemory() / 4);
		}

		/**
		 * Properties of which nodes a broadcast goes to.
		 *
		 * @param enabled Whether a broadcast, or a message of a STOMP destination, goes
		 * only to nodes with a subscriber. Otherwise this node sends all of them to all
		 * nodes, and gets all of theirs.
		 * @param maxTopics Maximum number of topics and STOMP destinations that a node
		 * announces, and that it keeps of each other node. A node with more gets all
		 * messages.
		 * @param linger Time that a topic stays announced after its last subscriber has
		 * gone.
		 */
		record Routing(@DefaultValue("true") boolean enabled, @DefaultValue("100000") int maxTopics,
				@DefaultValue("10s") Duration linger) {

			InterestSettings settings() {
				return new InterestSettings(this.maxTopics, this.linger);
			}

		}

	}

}
