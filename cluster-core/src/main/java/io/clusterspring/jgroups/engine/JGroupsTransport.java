package io.clusterspring.jgroups.engine;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Version;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

import io.clusterspring.ClusterTransport;
import io.clusterspring.FrameRefusal;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.NodeBindException;
import io.clusterspring.NodeNameTakenException;
import io.clusterspring.PayloadLimit;
import io.clusterspring.RefusedPeer;
import io.clusterspring.TransportDetails;
import io.clusterspring.TransportListener;
import io.clusterspring.UnreachedPlace;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.HostAndPort;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.JGroupsConfigException;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.UnguardedTransportException;
import io.clusterspring.jgroups.discovery.Contacts;
import io.clusterspring.jgroups.flow.FrameSender;
import io.clusterspring.jgroups.frame.FrameDoor;
import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.jgroups.view.ViewAgreement;
import io.clusterspring.mailbox.FailureSource;

/**
 * The engine on JGroups: a TCP connection to each other node, which is found where a
 * {@link NodeLookup} says.
 *
 * <p>
 * A frame to all is sent to each of them, as it is in distributed Erlang, and as TCP has
 * it anyway: only so do frames to all and frames to one keep their order, and come to the
 * listener one at a time.
 */
public final class JGroupsTransport implements ClusterTransport, FailureSource {

	private final String cluster;

	private final NodeAddress self;

	private final List<NodeAddress> listed;

	private final @Nullable PortRange ports;

	private final @Nullable Resource config;

	private final ChannelSource channels;

	private final List<JGroupsChannelCustomizer> customizers;

	private final ConnectionSecurity security;

	private final PayloadLimit limit;

	private final AddressBook book;

	private final RefusedFrames refused = new RefusedFrames();

	private final EngineFailures failures = new EngineFailures();

	private final ListenSettings listen;

	private final Contacts contacts;

	private volatile @Nullable JChannel channel;

	private volatile @Nullable FrameSender sender;

	/**
	 * Create the transport, without connecting it, for nodes that may be anywhere, and a
	 * node that need not be found where it listens.
	 * @param cluster the name of the cluster
	 * @param self this node, and the port it listens on if it is to be a certain one
	 * @param listed the nodes that are known by name: of those that start together, the
	 * first one founds the cluster
	 * @param lookup where nodes are looked for
	 * @param ports the ports of nodes that name none
	 * @param customizers change the channel before it connects
	 * @param security settles whom this node connects with
	 * @param limits how long to wait for a node that does not answer
	 */
	public JGroupsTransport(String cluster, NodeAddress self, List<NodeAddress> listed, NodeLookup lookup,
			PortRange ports, ListenSettings listen, List<JGroupsChannelCustomizer> customizers,
			ConnectionSecurity security, NodeLimits limits) {
		this(cluster, self, listed, ports, null, listen, customizers, security, limits.maxPayload(),
				ChannelSource.of(self, lookup, ports, listen, limits));
	}

	/**
	 * Create the transport, without connecting it, with a JGroups XML, which says where
	 * this node listens and how others are found.
	 * @param cluster the name of the cluster
	 * @param self this node; its host and port are only its name
	 * @param config where the XML is, read when connecting
	 * @param customizers change the channel before it connects
	 * @param security settles whom this node connects with
	 * @param maxPayload the largest payload that is sent, in bytes
	 */
	public JGroupsTransport(String cluster, NodeAddress self, Resource config,
			List<JGroupsChannelCustomizer> customizers, ConnectionSecurity security, long maxPayload) {
		this(cluster, self, List.of(), null, config, ListenSettings.DEFAULT, customizers, security, maxPayload,
				ChannelSource.of(config));
	}

	private JGroupsTransport(String cluster, NodeAddress self, List<NodeAddress> listed, @Nullable PortRange ports,
			@Nullable Resource config, ListenSettings listen, List<JGroupsChannelCustomizer> customizers,
			ConnectionSecurity security, long maxPayload, ChannelSource channels) {
		this.cluster = cluster;
		this.self = self;
		this.listed = List.copyOf(listed);
		this.ports = ports;
		this.config = config;
		this.listen = listen;
		this.contacts = Contacts.of(self.node(), listed, ports);
		this.channels = channels;
		this.customizers = List.copyOf(customizers);
		this.security = security;
		this.limit = new PayloadLimit(maxPayload);
		this.book = new AddressBook(self.node());
	}

	@Override
	public Node self() {
		return this.self.node();
	}

	@Override
	public synchronized void connect(TransportListener listener) {
		this.failures.clear();
		this.contacts.clear();
		try {
			JChannel created = createChannel();
			ChannelReceiver receiver = new ChannelReceiver(created, this.book,
					new GuardedListener(listener, this.failures), this.refused, () -> abandon(created));
			created.setReceiver(receiver);
			this.book.clear();
			this.channel = created;
			this.sender = new FrameSender(created, this.limit);
			connect(created);
			if (!receiver.admit()) {
				throw new NodeNameTakenException(self(), this.cluster);
			}
		}
		catch (InterruptedException ex) {
			disconnect();
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while joining cluster '" + this.cluster + "'", ex);
		}
		catch (RuntimeException ex) {
			disconnect();
			throw ex;
		}
		catch (LinkageError ex) {
			disconnect();
			throw ConnectionSecurity.mismatch(ex);
		}
	}

	// by a thread of the engine, which would wait for itself
	private void abandon(JChannel lost) {
		if (this.channel == lost) {
			this.channel = null;
			this.sender = null;
		}
		Thread closing = new Thread(lost::close, "cluster-eviction");
		closing.setDaemon(true);
		closing.start();
	}

	private void connect(JChannel created) throws InterruptedException {
		try {
			created.connect(this.cluster);
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (SocketException ex) {
			throw cannotBind(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot join cluster '" + this.cluster + "'", ex);
		}
	}

	private JChannel createChannel() throws InterruptedException {
		try {
			JChannel created = this.channels.newChannel(this.refused, this.failures, this.contacts);
			TP transport = created.getProtocolStack().getTransport();
			watchThreads(transport);
			created.setName(self().toString());
			created.addAddressGenerator(new RankedAddresses(self(), this.listed));
			this.security.applyTo(created, this.cluster, (transport instanceof NodeTcp tcp) ? tcp.found() : List.of(),
					this.failures);
			this.customizers.forEach((customizer) -> customizer.customize(created));
			EngineLog.install(this.failures, created.getProtocolStack().getProtocols());
			FrameDoor.install(created.getProtocolStack(), this.refused, this.limit);
			return created;
		}
		catch (UnknownHostException | SocketException ex) {
			throw cannotBind(ex);
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (JGroupsConfigException | UnguardedTransportException ex) {
			throw ex;
		}
		catch (FrameDoor.UncheckedProtocolException ex) {
			throw (this.config != null) ? new JGroupsConfigException(this.config, ex) : ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot create the channel of cluster '" + this.cluster + "'", ex);
		}
	}

	// of a JGroups XML, which has made its timer before
	private void watchThreads(TP transport) {
		if (!(transport.getThreadFactory() instanceof EngineThreads)) {
			transport.setThreadFactory(new EngineThreads(this.failures, transport.useVirtualThreads()));
		}
	}

	private RuntimeException cannotBind(Exception cause) {
		if (this.config != null) {
			return new JGroupsConfigException(this.config, cause);
		}
		PortRange range = this.listen.ports(this.self, Objects.requireNonNull(this.ports));
		String host = Objects.requireNonNullElse(this.listen.bind(), self().host());
		return new NodeBindException(self(), host, range.first(), range.last(), cause);
	}

	@Override
	public List<RefusedPeer> refusedPeers() {
		return this.security.refused();
	}

	@Override
	public long refusals(RefusedPeer.Reason reason) {
		return this.security.refusals(reason);
	}

	@Override
	public long refusedFrames(FrameRefusal reason) {
		return this.refused.count(reason);
	}

	@Override
	public long skippedFrames() {
		return this.refused.skipped();
	}

	@Override
	public List<UnreachedPlace> unreached() {
		return this.contacts.unreached();
	}

	@Override
	public Map<String, String> failures() {
		return this.failures.failures();
	}

	@Override
	public PayloadLimit payloadLimit() {
		return this.limit;
	}

	@Override
	public void send(byte[] frame) {
		send(this.book.others(), frame);
	}

	@Override
	public int send(byte[] frame, Predicate<? super Node> receivers) {
		List<Address> chosen = new ArrayList<>();
		this.book.holders().forEach((node, address) -> {
			if (!node.equals(self()) && receivers.test(node)) {
				chosen.add(address);
			}
		});
		if (!chosen.isEmpty()) {
			send(chosen, frame);
		}
		return chosen.size();
	}

	@Override
	public void sendTo(Node node, byte[] frame) {
		Address address = this.book.addressOf(node);
		if (address != null && !node.equals(self())) {
			send(List.of(address), frame);
		}
	}

	private void send(Collection<Address> receivers, byte[] frame) {
		FrameSender connected = this.sender;
		if (connected != null) {
			connected.send(receivers, frame);
		}
	}

	@Override
	public long dropped() {
		FrameSender connected = this.sender;
		return (connected != null) ? connected.dropped() : 0;
	}

	@Override
	public TransportDetails details() {
		Map<Node, String> addresses = new LinkedHashMap<>();
		Integer port = null;
		JChannel connected = this.channel;
		if (connected != null) {
			this.book.holders().forEach((node, address) -> addresses.put(node, text(physical(connected, address))));
			port = port(connected);
		}
		return new TransportDetails("JGroups " + Version.printVersion(), port, addresses);
	}

	private static @Nullable Integer port(JChannel connected) {
		if (connected.getProtocolStack().getTransport() instanceof NodeTcp tcp) {
			return tcp.port();
		}
		return (physical(connected, connected.getAddress()) instanceof IpAddress own) ? own.getPort() : null;
	}

	private static String text(Object physical) {
		return (physical instanceof IpAddress address) ? HostAndPort.of(address) : String.valueOf(physical);
	}

	private static Object physical(JChannel connected, Address address) {
		return connected.down(new Event(Event.GET_PHYSICAL_ADDRESS, address));
	}

	@Override
	public CompletableFuture<Duration> roundTrip(Node node) {
		Address address = this.book.addressOf(node);
		JChannel connected = this.channel;
		return (address != null && connected != null && connected.getReceiver() instanceof ChannelReceiver receiver)
				? receiver.roundTrip(address)
				: CompletableFuture.failedFuture(new IllegalStateException(node + " is not in the view"));
	}

	@Override
	public @Nullable String goneBecause(Node node) {
		JChannel connected = this.channel;
		return (connected != null) ? ViewAgreement.goneBecause(connected.getProtocolStack(), node) : null;
	}

	@Override
	public void disconnect() {
		JChannel connected = this.channel;
		this.channel = null;
		this.sender = null;
		if (connected != null) {
			connected.close();
		}
	}

}
