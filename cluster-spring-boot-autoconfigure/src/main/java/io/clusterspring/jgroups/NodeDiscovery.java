package io.clusterspring.jgroups;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.NoBundler;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TpHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.DiscoveryRound.Target;

/**
 * Looks for the listed nodes, as {@link TCPPING} does, and settles who founds the cluster
 * when several start together.
 *
 * <p>
 * The request is repeated until a coordinator is found, the {@link DiscoveryRound} is
 * over, or its time is. A node whose round ends as the first of all it has heard of will
 * found the cluster: from that moment until it is coordinator it does not answer. A node
 * listens before it asks. So of two nodes, either one has counted the other before it
 * decided, or it is asked again and answers as coordinator; they do not both found one.
 *
 * <p>
 * Requests go past the bundler, whose one thread serves all members: a host that is out
 * of reach would hold up the traffic of the others.
 */
final class NodeDiscovery extends Discovery {

	private static final long ROUND_MILLIS = 1000;

	private static final long REPEAT_MILLIS = 50;

	private final List<NodeAddress> listed;

	private final PortRange ports;

	private final Set<Target> targets;

	private final NoBundler direct = new NoBundler();

	private final Set<Target> asking = ConcurrentHashMap.newKeySet();

	private final Set<String> unknownHosts = ConcurrentHashMap.newKeySet();

	private final Object monitor = new Object();

	private @Nullable DiscoveryRound round;

	private @Nullable Responses responses;

	private boolean founding;

	NodeDiscovery(List<NodeAddress> listed, PortRange ports) {
		setId(ClassConfigurator.getProtocolId(TCPPING.class));
		returnEntireCache(true);
		this.listed = listed;
		this.ports = ports;
		this.targets = listed.stream()
			.map((address) -> Target.of(address, ports))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	@Override
	public boolean isDynamic() {
		return false;
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.direct.init(this.transport);
	}

	@Override
	protected void findMembers(@Nullable List<Address> members, boolean initial, Responses found) {
		if (initial) {
			DiscoveryRound started = new DiscoveryRound(this.local_addr, this.listed, this.ports);
			synchronized (this.monitor) {
				this.round = started;
				this.responses = found;
				this.founding = false;
				endRoundIfOver();
			}
			this.timer.schedule(() -> endRound(started), ROUND_MILLIS, TimeUnit.MILLISECONDS);
			repeat(found);
		}
		else {
			askAll(false);
		}
	}

	private void repeat(Responses found) {
		if (!found.isDone()) {
			askAll(true);
			this.timer.schedule(() -> repeat(found), REPEAT_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	protected @Nullable Object handle(PingHeader header, Message message) {
		if (header.type() != PingHeader.GET_MBRS_REQ) {
			return super.handle(header, message);
		}
		synchronized (this.monitor) {
			return (this.founding) ? null : super.handle(header, message);
		}
	}

	@Override
	protected void addResponse(PingData response, boolean overwrite) {
		synchronized (this.monitor) {
			if (this.founding) {
				return;
			}
			if (this.round != null) {
				this.round.heard(response.getAddress(), response.getPhysicalAddr());
			}
		}
		super.addResponse(response, overwrite);
		synchronized (this.monitor) {
			endRoundIfOver();
		}
	}

	@Override
	public Object down(Event event) {
		Object result = super.down(event);
		if (event.getType() == Event.VIEW_CHANGE) {
			synchronized (this.monitor) {
				this.founding = false;
			}
		}
		return result;
	}

	private void endRoundIfOver() {
		if (this.round != null && this.round.isOver()) {
			endRound(this.round);
		}
	}

	private void endRound(DiscoveryRound ending) {
		synchronized (this.monitor) {
			if (this.round == ending && this.responses != null) {
				this.round = null;
				if (!this.responses.isDone()) {
					this.founding = ending.isFirst();
					this.responses.done();
				}
			}
		}
	}

	private void askAll(boolean initial) {
		for (Target target : this.targets) {
			if (this.asking.add(target)) {
				this.timer.execute(() -> {
					try {
						ask(target, initial);
					}
					finally {
						this.asking.remove(target);
					}
				}, true);
			}
		}
	}

	private void ask(Target target, boolean initial) {
		Set<PhysicalAddress> connected = new HashSet<>();
		boolean certain = true;
		try {
			InetAddress host = InetAddress.getByName(target.host());
			PhysicalAddress own = (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, this.local_addr));
			for (int port = target.ports().first(); port <= target.ports().last(); port++) {
				PhysicalAddress address = new IpAddress(host, port);
				if (!address.equals(own)) {
					certain &= ask(address, request(address, own, initial), connected);
				}
			}
		}
		catch (UnknownHostException ex) {
			certain = false;
			if (this.unknownHosts.add(target.host())) {
				this.log.warn("host %s of a listed node is unknown and will be tried again", target.host());
			}
		}
		synchronized (this.monitor) {
			if (certain && this.round != null) {
				this.round.asked(target, connected);
				endRoundIfOver();
			}
		}
	}

	private boolean ask(PhysicalAddress address, Message request, Set<PhysicalAddress> connected) {
		try {
			this.direct.send(request);
			return connected.add(address);
		}
		catch (ConnectException ex) {
			return true;
		}
		catch (Exception ex) {
			this.log.trace("%s is out of reach: %s", address, ex);
			return false;
		}
	}

	private Message request(PhysicalAddress to, PhysicalAddress own, boolean initial) {
		PingData data = new PingData(this.local_addr, false, NameCache.get(this.local_addr), own);
		PingHeader header = new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(this.cluster_name)
			.initialDiscovery(initial);
		return new BytesMessage(to).setArray(marshal(data))
			.setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
			.setSrc(this.local_addr)
			.putHeader(this.id, header)
			.putHeader(this.transport.getId(), new TpHeader(this.cluster_name));
	}

}
