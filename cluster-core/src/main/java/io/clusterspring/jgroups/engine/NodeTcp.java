package io.clusterspring.jgroups.engine;

import java.io.DataInput;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ThreadCreator;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.discovery.Detours;
import io.clusterspring.jgroups.discovery.NodeDiscovery;
import io.clusterspring.jgroups.frame.FrameDoor;
import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.jgroups.view.ViewAgreement;
import io.clusterspring.mailbox.CountedWarning;

/**
 * TCP that lets in only what a door admits, and whose connections end when their members
 * do: a member whose connection ends is suspected at once; with a view, the connections
 * of those who left are closed, and no others.
 *
 * <p>
 * Replaces {@code retainAll}, {@code connectionClosed} and {@code down} of TCP: a view
 * forgets connections that stay open, waits for a frozen node, and a connection that was
 * replaced is taken for an end (JGRP-2869 is the option; the rest is not reported yet:
 * docs/upstream.md#a-connection-that-nobody-closes, docs/upstream.md#a-close-that-waits,
 * docs/upstream.md#suspicion-at-the-end-of-a-connection). This can go once those are
 * mended, save the door. FD_SOCK2, which suspects as well, would have a second port to
 * guard.
 */
final class NodeTcp extends TCP implements FrameDoor.Guarded, NodeDiscovery.Places {

	static final long GOODBYE_MILLIS = 300;

	// when both ends connect at once, one connection too many is closed, and the first
	// question may be lost with it
	private static final long[] QUESTIONS = { 0, 50, 100 };

	private final EngineFailures failures;

	private final Predicate<Address> silent;

	private final Detours detours = new Detours();

	private final CountedWarning twins = new CountedWarning(
			org.apache.commons.logging.LogFactory.getLog(NodeTcp.class));

	private List<InetAddress> found = List.of();

	private FrameDoor door = FrameDoor.CLOSED;

	// the end of the connection of a silent member is no news
	NodeTcp(EngineFailures failures, NodeSilence silence) {
		this.failures = failures;
		this.silent = silence::isSilent;
		setBundler(new NodeBundler(failures, silence::heartbeatNanos));
	}

	// others are told the first host; port 0 is the one this node listens on
	void tellOf(List<InetAddress> hosts, int port) {
		this.found = List.copyOf(hosts);
		if (!hosts.isEmpty()) {
			setExternalAddr(hosts.get(0));
			setExternalPort(port);
		}
	}

	List<InetAddress> found() {
		return this.found;
	}

	@Override
	public void init() throws Exception {
		EngineThreads threads = new EngineThreads(this.failures,
				useVirtualThreads() && ThreadCreator.hasVirtualThreads());
		setThreadFactory(threads);
		EngineTimer watched = new EngineTimer(getThreadPool(), threads, this.failures);
		watched.setNonBlockingTaskHandling(this.timer_handle_non_blocking_tasks);
		setTimer(watched);
		super.init();
	}

	@Override
	public void start() throws Exception {
		PortRace.run(super::start);
		this.srv.log(new EngineLog(LogFactory.getLog(TcpServer.class), "TcpServer", this.failures));
	}

	@Override
	public void guard(FrameDoor door) {
		this.door = door;
	}

	@Override
	public void receive(Address sender, DataInput in, int length) throws Exception {
		byte[] frame = this.door.read(sender, in, length);
		if (frame != null) {
			// before the engine hears of the node, and connects with it where it is
			if (this.detours.isUnanswered(sender) && this.detours.leadElsewhere((PhysicalAddress) sender, frame)) {
				this.srv.closeConnection(sender, false);
			}
			super.receive(sender, new ByteArrayDataInputStream(frame), length);
		}
	}

	@Override
	public void receive(Address sender, byte[] data, int offset, int length) {
		if (this.door.admits(sender, data, offset, length)) {
			super.receive(sender, data, offset, length);
		}
	}

	@Override
	public Collection<PhysicalAddress> connected() {
		List<PhysicalAddress> connected = new ArrayList<>();
		this.srv.forAllConnections((address, connection) -> connected.add((PhysicalAddress) address));
		return connected;
	}

	@Override
	public Detours detours() {
		return this.detours;
	}

	@Override
	public boolean isKnown(PhysicalAddress address) {
		return this.logical_addr_cache.getByValue(address) != null;
	}

	@Override
	protected boolean addPhysicalAddressToCache(Address node, PhysicalAddress place, boolean overwrite) {
		// each answer to a question repeats the places of all members
		if (!place.equals(this.logical_addr_cache.get(node))) {
			this.logical_addr_cache.contents(true).forEach((other, its) -> {
				if (its.equals(place) && (other.equals(this.local_addr) || this.members.contains(other))) {
					warnOfTwo(MemberAddress.nodeOf(node), MemberAddress.nodeOf(other), place);
				}
			});
		}
		return super.addPhysicalAddressToCache(node, place, overwrite);
	}

	// two processes with one name are the engine's affair
	private void warnOfTwo(@Nullable Node node, @Nullable Node other, PhysicalAddress place) {
		if (node != null && other != null && !node.equals(other)) {
			this.twins.add((count) -> node + " says that it is to be found at " + place + ", where " + other
					+ " is: others find only one of the two. Correct cluster.advertised of the one that is elsewhere; "
					+ "heard " + count + " time(s)");
		}
	}

	@Override
	public boolean isHere(IpAddress address) {
		return address.equals(getPhysicalAddress()) || (address.getPort() == port() && isLocal(address.getIpAddress()));
	}

	private boolean isLocal(InetAddress host) {
		if (!this.bind_addr.isAnyLocalAddress()) {
			return host.equals(this.bind_addr);
		}
		try {
			return host.isAnyLocalAddress() || host.isLoopbackAddress()
					|| NetworkInterface.getByInetAddress(host) != null;
		}
		catch (SocketException ex) {
			return false;
		}
	}

	int port() {
		return ConnectionSecurity.port(this);
	}

	@Override
	public void connectionClosed(Connection closed) {
		PhysicalAddress peer = (PhysicalAddress) closed.peerAddress();
		if (closed.isClosedGracefully()) {
			hungUp(peer);
		}
		Address member = this.logical_addr_cache.getByValue(peer);
		if (member != null && this.connected && !this.silent.test(member) && !this.srv.connectionEstablishedTo(peer)) {
			for (long delay : QUESTIONS) {
				getTimer().schedule(() -> suspect(member), delay, TimeUnit.MILLISECONDS);
			}
		}
	}

	// a late question may have made a connection to another address of the node, which
	// takes no other one for as long as it has that
	private void hungUp(PhysicalAddress peer) {
		if (this.detours.isUnanswered(peer)) {
			this.detours.rejected(peer, System.nanoTime());
		}
		this.detours.placesOf(peer).forEach((place) -> this.srv.closeConnection(place, false));
	}

	private void suspect(Address member) {
		if (this.members.contains(member)) {
			ViewAgreement.note(getProtocolStack(), List.of(member), "its connection was closed");
			this.up_prot.up(new Event(Event.SUSPECT, List.of(member)));
		}
	}

	@Override
	public Object down(Event event) {
		// a coordinator has its members from a temporary view, before it is installed
		if (event.getType() != Event.VIEW_CHANGE && event.getType() != Event.TMP_VIEW) {
			return super.down(event);
		}
		List<Address> before = List.copyOf(this.members);
		Object result = super.down(event);
		View view = event.getArg();
		before.stream()
			.filter((member) -> !view.containsMember(member))
			.map(this::getPhysicalAddressFromCache)
			.filter(Objects::nonNull)
			.filter((address) -> !this.is_member.test(address))
			.forEach(this::hangUp);
		return result;
	}

	@Override
	public void retainAll(Collection<Address> members) {
		// those who left are hung up on
	}

	private void hangUp(PhysicalAddress left) {
		this.srv.forAllConnections((address, connection) -> {
			if (left.equals(address)) {
				// what is on its way may be the answer to its leave
				getTimer().schedule(() -> sayGoodbye(address, connection), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
			}
		});
	}

	private void sayGoodbye(Address left, Connection connection) {
		if (!this.is_member.test((PhysicalAddress) left)) {
			getTimer().schedule(() -> closeAbruptly(connection), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
			this.srv.removeConnectionIfPresent(left, connection);
		}
	}

	// what is sent to it next opens another connection, on which the engine repeats what
	// was on its way
	void disconnect(Address member) {
		PhysicalAddress place = getPhysicalAddressFromCache(member);
		this.srv.forAllConnections((address, connection) -> {
			if (address.equals(place)) {
				// a goodbye would wait behind what cannot be written
				closeAbruptly(connection);
				this.srv.removeConnectionIfPresent(address, connection);
			}
		});
	}

	private static void closeAbruptly(Connection connection) {
		try {
			connection.close(false);
		}
		catch (Exception ex) {
			// it is closed then
		}
	}

}
