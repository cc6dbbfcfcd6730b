package io.clusterspring.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import io.clusterspring.drain.DrainSettings;
import io.clusterspring.failover.Placement;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.engine.ListenSettings;

/**
 * Properties of the cluster.
 *
 * @param enabled Whether to make the application a node of a cluster.
 * @param transport What connects the nodes: 'jgroups', or 'local' for memory within one
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
 * of milliseconds, a duration, or 'infinity'. Without it no node is waited for.
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
 * @param channels Properties of channels.
 * @param stomp Properties of Spring's STOMP broker.
 * @param presence Properties of presence.
 * @param distributed Placement of distributed applications, by their names. The same on
 * all nodes.
 */
@ConfigurationProperties("cluster")
record ClusterProperties(@DefaultValue("true") boolean enabled, @DefaultValue("jgroups") TransportType transport,
		@Nullable String name, @Nullable NodeAddress node, @Nullable String bind, @Nullable Seed advertised,
		@DefaultValue("7800") int port, @DefaultValue("10") int portRange,
		@DefaultValue List<NodeAddress> syncNodesOptional, @DefaultValue List<NodeAddress> syncNodesMandatory,
		@Nullable SyncTimeout syncNodesTimeout, @DefaultValue("0") int syncNodesMinimum, @DefaultValue List<Seed> seeds,
		@DefaultValue Discovery discovery, @DefaultValue Jgroups jgroups, @Nullable ClusterCookie cookie,
		@DefaultValue Ssl ssl, @DefaultValue FailureDetection failureDetection,
		@NestedConfigurationProperty @DefaultValue EvictionProperties eviction,
		@NestedConfigurationProperty @DefaultValue FailureProperties failure, @DefaultValue Outbox outbox,
		@DefaultValue("16MB") DataSize maxPayloadSize,
		@NestedConfigurationProperty @DefaultValue ExecutorProperties executor,
		@NestedConfigurationProperty @DefaultValue PubSubProperties pubsub, @DefaultValue Channels channels,
		@DefaultValue Stomp stomp, @NestedConfigurationProperty @DefaultValue PresenceProperties presence,
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
		Duration patience = (this.syncNodesTimeout != null) ? this.syncNodesTimeout.limit()
				: ListenSettings.DEFAULT.patience();
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
	 * Properties of how nodes find each other.
	 *
	 * @param type How nodes find each other: 'static', 'dns', 'kubernetes', 'jdbc' or
	 * 'multicast'.
	 * @param dns Properties of the type 'dns'.
	 * @param kubernetes Properties of the type 'kubernetes'.
	 * @param jdbc Properties of the type 'jdbc'.
	 * @param multicast Properties of the type 'multicast'.
	 */
	record Discovery(@DefaultValue("static") DiscoveryType type, @DefaultValue Dns dns,
			@DefaultValue Kubernetes kubernetes, @DefaultValue Jdbc jdbc, @DefaultValue Multicast multicast) {

		/**
		 * Properties of discovery by DNS.
		 *
		 * @param name Name that resolves to the addresses of all nodes.
		 * @param server Host and port of the DNS server to ask. Defaults to those of the
		 * operating system.
		 */
		record Dns(@Nullable String name, @Nullable String server) {
		}

		/**
		 * Properties of discovery by the API of Kubernetes.
		 *
		 * @param labels Label selector of the pods that are nodes.
		 * @param namespace Namespace of the pods. Defaults to that of this pod.
		 * @param server URL of the API server. Defaults to the one that Kubernetes gives
		 * to this pod.
		 */
		record Kubernetes(@Nullable String labels, @Nullable String namespace, @Nullable String server) {
		}

		/**
		 * Properties of discovery by the application's database.
		 *
		 * @param createTable Whether to create the table 'jgroups' if it does not exist.
		 */
		record Jdbc(@DefaultValue("true") boolean createTable) {
		}

		/**
		 * Properties of discovery by multicast.
		 *
		 * @param group Multicast address at which to search nodes.
		 * @param port UDP port at which to search nodes.
		 */
		record Multicast(@DefaultValue("239.255.78.0") InetAddress group, @DefaultValue("7555") int port) {
		}

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
	 * Properties of channels.
	 *
	 * @param enabled Whether to accept Phoenix clients.
	 * @param paths Paths of the sockets, each with '/websocket' below it for WebSocket.
	 * @param allowedOrigins Origins, or patterns of origins, whose pages may connect in
	 * addition to the server's own. '*' allows all.
	 * @param maxMessageSize Maximum size of a frame, and of a message in fragments, from
	 * a client. A larger one closes the socket with code 1009. For a client that polls,
	 * the largest request; a larger one is refused with status 413.
	 * @param outboxCapacity Maximum size of the data that waits for a client that does
	 * not read. More closes the socket with code 1008.
	 * @param outboxTimeout Time that a message waits for a client that does not read.
	 * After that time, or up to twice as long, the socket is closed with code 1008.
	 * @param mailboxCapacity Maximum number of messages that wait for one channel. A
	 * further message of a client is answered with reason 'overloaded'.
	 * @param maxChannels Maximum number of channels of one socket. A further join is
	 * answered with reason 'too many channels joined'.
	 * @param maxJoinSize Maximum size of the payload of a join. A larger one is answered
	 * with reason 'join payload too large'.
	 * @param maxPendingSize Maximum size of the messages that wait in all channels of one
	 * socket. A further message of a client is answered with reason 'overloaded'; a
	 * further broadcast is lost for the handler that intercepts it. Closed sockets
	 * together leave at most 16 times this size waiting on a node.
	 * @param joinTimeout Time that a join waits for the stage that '@OnJoin' has
	 * returned. After that it is refused with reason 'join timeout'.
	 * @param replyTimeout Time that a reply waits for the stage that a handler has
	 * returned. After that the reply is an error with reason 'reply timeout'.
	 * @param idleTimeout Time that a client may be silent. After that its socket is
	 * closed with code 1002.
	 * @param maxSockets Maximum number of WebSocket clients. Further clients are refused
	 * with status 503. Defaults to the number that the file descriptors of the process
	 * allow.
	 * @param handshakesPerSecond Maximum number of handshakes per second, which may all
	 * come at once after a second without any. Further handshakes are refused with status
	 * 503. 0 means no limit.
	 * @param messagesPerSecond Maximum number of messages per second from a socket.
	 * Further messages are answered with reason 'rate_limited'; twice the maximum closes
	 * the socket with code 1008. 0 means no limit.
	 * @param channelMessagesPerSecond Maximum number of messages per second from a socket
	 * to one channel, with the same consequences. 0 means no limit.
	 * @param drain Properties of how sockets, and STOMP sessions, are closed when the
	 * application stops.
	 * @param longPoll Properties of long polling.
	 * @param tomcat Properties of Tomcat's connections.
	 */
	record Channels(@DefaultValue("true") boolean enabled, @DefaultValue("/socket") Set<String> paths,
			@DefaultValue List<String> allowedOrigins, @DefaultValue("1MB") DataSize maxMessageSize,
			@DefaultValue("1MB") DataSize outboxCapacity, @DefaultValue("30s") Duration outboxTimeout,
			@DefaultValue("1000") int mailboxCapacity, @DefaultValue("100") int maxChannels,
			@DefaultValue("64KB") DataSize maxJoinSize, @DefaultValue("2MB") DataSize maxPendingSize,
			@DefaultValue("10s") Duration joinTimeout, @DefaultValue("60s") Duration replyTimeout,
			@DefaultValue("60s") Duration idleTimeout, @Nullable Integer maxSockets,
			@DefaultValue("5000") int handshakesPerSecond, @DefaultValue("0") int messagesPerSecond,
			@DefaultValue("0") int channelMessagesPerSecond, @DefaultValue Drain drain, @DefaultValue LongPoll longPoll,
			@DefaultValue Tomcat tomcat) {

		/**
		 * Properties of long polling.
		 *
		 * @param enabled Whether clients may poll, at '/longpoll' below the path of a
		 * socket.
		 * @param maxSessions Maximum number of long-poll clients of this node. A further
		 * client gets status 500 and tries again.
		 * @param bufferCapacity Maximum size of the data that waits for a client that
		 * does not poll. More ends its session.
		 * @param pollTimeout Time that a request waits for data. The same on all nodes.
		 * @param sessionTimeout Time after which a session ends without a request, and
		 * for which the body of a request may take.
		 */
		record LongPoll(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int maxSessions,
				@DefaultValue("1MB") DataSize bufferCapacity, @DefaultValue("10s") Duration pollTimeout,
				@DefaultValue("20s") Duration sessionTimeout) {
		}

		/**
		 * Properties of how sockets, and STOMP sessions, are closed when the application
		 * stops.
		 *
		 * @param batchSize Number of sockets and STOMP sessions to close at a time.
		 * @param interval Time between two batches.
		 * @param timeout Maximum time for all batches. Batches become larger if they
		 * would take more than three quarters of it.
		 */
		record Drain(@DefaultValue("500") int batchSize, @DefaultValue("100ms") Duration interval,
				@DefaultValue("30s") Duration timeout) {

			DrainSettings settings() {
				return new DrainSettings(this.batchSize, this.interval, this.timeout);
			}

		}

		/**
		 * Properties of Tomcat's connections, for sockets and for requests.
		 *
		 * @param readBuffer Size of the read buffer of each connection. Tomcat's own
		 * default is 8KB. TLS uses larger buffers.
		 * @param writeBuffer Size of the write buffer of each connection. Tomcat's own
		 * default is 8KB. Longer responses are sent in several writes. TLS uses larger
		 * buffers.
		 */
		record Tomcat(@DefaultValue("2KB") DataSize readBuffer, @DefaultValue("4KB") DataSize writeBuffer) {
		}

	}

	/**
	 * Properties of Spring's STOMP broker.
	 *
	 * @param enabled Whether to make Spring's simple broker and its user registry
	 * cluster-wide.
	 * @param localDestinations Patterns of destinations whose messages stay on the node
	 * they are sent on, such as '/topic/local/**' or '/user/queue/errors'.
	 * @param receipts Properties of receipts.
	 * @param queueCapacity Maximum length of three queues: changes of sessions for other
	 * nodes, messages about sessions from other nodes, and events for listeners. Further
	 * entries are dropped, and the state is requested again.
	 */
	record Stomp(@DefaultValue("true") boolean enabled, @DefaultValue List<String> localDestinations,
			@DefaultValue Receipts receipts, @DefaultValue("65536") int queueCapacity) {

		/**
		 * Properties of receipts.
		 *
		 * @param enabled Whether to answer frames that ask for a receipt with a RECEIPT
		 * frame.
		 */
		record Receipts(@DefaultValue("false") boolean enabled) {
		}

	}

}
