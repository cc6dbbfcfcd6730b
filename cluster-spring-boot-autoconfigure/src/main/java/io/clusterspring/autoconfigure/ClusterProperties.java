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
import io.clusterspring.jgroups.ListenSettings;
import io.clusterspring.jgroups.NodeLimits;

/**
 * Properties of the cluster.
 *
 * @param enabled Whether to make the application a node of a cluster.
 * @param transport What connects the nodes: 'jgroups', or 'local' for memory within one
 * JVM, for tests and for an application that runs alone.
 * @param name Name of the cluster; only nodes that agree on it find each other. Defaults
 * to the name of the application.
 * @param node Name of this node and the address it listens on, as 'name@host' or
 * 'name@host:port'. Defaults to the name of the application with a random suffix, on the
 * loopback address.
 * @param bind Address, network interface or host name to listen on in place of the host
 * in the node's name, '0.0.0.0' or '::' for all addresses of this machine.
 * @param advertised Host, or 'host:port', at which other nodes find this one in place of
 * where it listens, as with port mapping or NAT.
 * @param port First TCP port for the connections between nodes.
 * @param portRange Number of TCP ports, from the first one on, of which a node that names
 * no port takes the first free one, and in which such nodes are looked for.
 * @param syncNodesOptional Nodes to look for and, given a timeout, to wait for at startup
 * without insisting on them.
 * @param syncNodesMandatory Nodes to look for and, given a timeout, to wait for at
 * startup that have to be seen for the application to start.
 * @param syncNodesTimeout Maximum time to wait at startup for the listed nodes: a number
 * of milliseconds, a duration, or 'infinity'. Without it no node is waited for.
 * @param syncNodesMinimum Number of nodes, this one included, that have to be in the
 * cluster at once for the application to start, given a timeout.
 * @param seeds Addresses to look for nodes at without waiting for them, as 'host',
 * 'host:port' or 'name@host:port'.
 * @param discovery Properties of how nodes find each other.
 * @param jgroups Properties of the engine.
 * @param cookie Secret that all nodes of the cluster share, as Erlang's cookie: a process
 * that does not have it is not let in, and all traffic between nodes is encrypted.
 * @param ssl Properties of TLS between nodes.
 * @param failureDetection Properties of how a node is found to be gone.
 * @param eviction Properties of what a node does whose name another live process has.
 * @param failure Properties of what a node does whose engine has failed.
 * @param outbox Properties of what is on its way to another node.
 * @param maxPayloadSize Maximum size of a payload that is sent to other nodes; a larger
 * one is refused with an exception. From 1 MB to 1 GB, the same on all nodes.
 * @param executor Properties of the threads that run the application's code.
 * @param pubsub Properties of topics.
 * @param channels Properties of channels.
 * @param stomp Properties of Spring's STOMP broker.
 * @param presence Properties of presence.
 * @param distributed Where distributed applications run, by their names; the same on all
 * nodes.
 */
@ConfigurationProperties("cluster")
public record ClusterProperties(@DefaultValue("true") boolean enabled, @DefaultValue("jgroups") TransportType transport,
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
	public record Discovery(@DefaultValue("static") DiscoveryType type, @DefaultValue Dns dns,
			@DefaultValue Kubernetes kubernetes, @DefaultValue Jdbc jdbc, @DefaultValue Multicast multicast) {

		/**
		 * Properties of discovery by DNS.
		 *
		 * @param name Name that resolves to the addresses of all nodes.
		 * @param server Host and port of the DNS server to ask. Defaults to those of the
		 * operating system.
		 */
		public record Dns(@Nullable String name, @Nullable String server) {
		}

		/**
		 * Properties of discovery by the API of Kubernetes.
		 *
		 * @param labels Label selector of the pods that are nodes.
		 * @param namespace Namespace of the pods. Defaults to that of this pod.
		 * @param server URL of the API server. Defaults to the one this pod is told.
		 */
		public record Kubernetes(@Nullable String labels, @Nullable String namespace, @Nullable String server) {
		}

		/**
		 * Properties of discovery by the application's database.
		 *
		 * @param createTable Whether to create the table 'jgroups' if it does not exist.
		 */
		public record Jdbc(@DefaultValue("true") boolean createTable) {
		}

		/**
		 * Properties of discovery by multicast.
		 *
		 * @param group Multicast address to ask for nodes at.
		 * @param port UDP port to ask for nodes at.
		 */
		public record Multicast(@DefaultValue("239.255.78.0") InetAddress group, @DefaultValue("7555") int port) {
		}

	}

	/**
	 * Properties of the engine.
	 *
	 * @param config Location of a JGroups XML, which then says where this node listens
	 * and how nodes find each other.
	 */
	public record Jgroups(@Nullable Resource config) {
	}

	/**
	 * Properties of how a node is found to be gone.
	 *
	 * @param timeout Time within which a node that is silent without having closed its
	 * connection is taken out of the cluster. The same on all nodes, at least a second.
	 */
	public record FailureDetection(@DefaultValue("8s") Duration timeout) {
	}

	/**
	 * Properties of what is on its way to another node.
	 *
	 * @param capacity Maximum size of the messages on their way to one node; the
	 * publisher of more waits. The same on all nodes.
	 * @param timeout Maximum time for which a publisher waits for a node that takes none;
	 * what comes beyond is lost for that node.
	 */
	public record Outbox(@DefaultValue("4MB") DataSize capacity, @DefaultValue("500ms") Duration timeout) {
	}

	/**
	 * Properties of TLS between nodes.
	 *
	 * @param bundle Name of the SSL bundle with the certificate of this node and those it
	 * trusts; with it all traffic between nodes is mutual TLS.
	 */
	public record Ssl(@Nullable String bundle) {
	}

	/**
	 * Properties of channels.
	 *
	 * @param enabled Whether to accept Phoenix clients.
	 * @param paths Paths of the sockets, each with '/websocket' below it for WebSocket.
	 * @param allowedOrigins Origins whose pages may connect besides the server's own, or
	 * patterns of them; '*' allows all.
	 * @param maxMessageSize Maximum size of a frame, and of a message in fragments, from
	 * a client; a larger one closes its socket with code 1009. For a client that polls,
	 * the largest request; a larger one is refused with status 413.
	 * @param outboxCapacity Maximum size of what waits for a client that does not read;
	 * more closes its socket with code 1008.
	 * @param outboxTimeout Time for which a message waits for a client that does not
	 * read, up to twice as long; more closes its socket with code 1008.
	 * @param mailboxCapacity Maximum number of messages that wait for one channel; a
	 * client's message beyond is answered with reason 'overloaded'.
	 * @param maxChannels Maximum number of channels of one socket; one more join is
	 * answered with reason 'too many channels joined'.
	 * @param maxJoinSize Maximum size of the payload of a join; a larger one is answered
	 * with reason 'join payload too large'.
	 * @param maxPendingSize Maximum size of what waits in all channels of one socket; a
	 * client's message beyond is answered with reason 'overloaded', a broadcast that the
	 * handler was to see is lost for it. Sockets that have closed leave at most 16 times
	 * as much waiting on a node.
	 * @param joinTimeout Time for which a join waits for the stage that '@OnJoin' has
	 * returned; then it is refused with reason 'join timeout'.
	 * @param replyTimeout Time for which a reply waits for the stage that a handler has
	 * returned; then it is an error with reason 'reply timeout'.
	 * @param idleTimeout Time for which a client may be silent; more closes its socket
	 * with code 1002.
	 * @param maxSockets Maximum number of WebSocket clients; more are refused with status
	 * 503. Defaults to what the file descriptors of the process allow.
	 * @param handshakesPerSecond Maximum number of handshakes the node takes in a second,
	 * and at once after a second without any; those beyond are refused with status 503. 0
	 * takes any number.
	 * @param messagesPerSecond Maximum number of messages a socket may send in a second;
	 * those beyond are answered with reason 'rate_limited', as many again close the
	 * socket with code 1008. 0 takes any number.
	 * @param channelMessagesPerSecond Maximum number of messages a socket may send to one
	 * channel in a second, with the same consequences. 0 takes any number.
	 * @param drain Properties of how sockets, and STOMP sessions, are closed when the
	 * application stops.
	 * @param longPoll Properties of long polling.
	 * @param tomcat Properties of Tomcat's connections.
	 */
	public record Channels(@DefaultValue("true") boolean enabled, @DefaultValue("/socket") Set<String> paths,
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
		 * @param maxSessions Maximum number of clients of this node that poll; one more
		 * gets status 500 and tries again.
		 * @param bufferCapacity Maximum size of what waits for a client that does not
		 * poll; more ends its session.
		 * @param pollTimeout Time for which a request waits for something to say. The
		 * same on all nodes.
		 * @param sessionTimeout Time after which a session ends without a request, and
		 * for which the body of a request may take.
		 */
		public record LongPoll(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int maxSessions,
				@DefaultValue("1MB") DataSize bufferCapacity, @DefaultValue("10s") Duration pollTimeout,
				@DefaultValue("20s") Duration sessionTimeout) {
		}

		/**
		 * Properties of how sockets, and STOMP sessions, are closed when the application
		 * stops.
		 *
		 * @param batchSize Number of sockets and STOMP sessions to close at a time.
		 * @param interval Time between two batches.
		 * @param timeout Maximum time for all batches; they are made larger if they would
		 * not be done in three quarters of it.
		 */
		public record Drain(@DefaultValue("500") int batchSize, @DefaultValue("100ms") Duration interval,
				@DefaultValue("30s") Duration timeout) {

			DrainSettings settings() {
				return new DrainSettings(this.batchSize, this.interval, this.timeout);
			}

		}

		/**
		 * Properties of Tomcat's connections, be they sockets or requests.
		 *
		 * @param readBuffer Size of the buffer each connection reads into; Tomcat's own
		 * default is 8KB. TLS takes what it needs.
		 * @param writeBuffer Size of the buffer each connection writes from; Tomcat's own
		 * default is 8KB. Longer responses leave in several writes. TLS takes what it
		 * needs.
		 */
		public record Tomcat(@DefaultValue("2KB") DataSize readBuffer, @DefaultValue("4KB") DataSize writeBuffer) {
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
	 * @param queueCapacity Maximum number of changes to sessions that wait for other
	 * nodes, of messages about them from other nodes, and of events for listeners; what
	 * goes over it is dropped, and the state asked for again.
	 */
	public record Stomp(@DefaultValue("true") boolean enabled, @DefaultValue List<String> localDestinations,
			@DefaultValue Receipts receipts, @DefaultValue("65536") int queueCapacity) {

		/**
		 * Properties of receipts.
		 *
		 * @param enabled Whether to answer frames that ask for a receipt with a RECEIPT
		 * frame.
		 */
		public record Receipts(@DefaultValue("false") boolean enabled) {
		}

	}

}
