package io.clusterspring.jgroups;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

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

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;

/**
 * Looks for the listed nodes, as {@link TCPPING} does, and settles who founds the cluster
 * when several start together.
 *
 * <p>
 * The request is repeated until a coordinator is found, every listed node has answered,
 * or the round is over. A node whose round ends as the first of all it has heard of will
 * found the cluster: from that moment until it is coordinator it does not answer. So of
 * two nodes, either one has counted the other before it decided, or it is asked again and
 * answers as coordinator, and they do not both found one.
 *
 * <p>
 * Requests go past the bundler, whose one thread serves all members: a host that is out
 * of reach would hold up the traffic of the others.
 */
final class NodeDiscovery extends Discovery {

	private static final long ROUND_MILLIS = 1000;

	private static final long REPEAT_MILLIS = 50;

	private final Collection<Target> targets;

	private final Set<Node> listed;

	private final NoBundler direct = new NoBundler();

	private final Set<Target> asking = ConcurrentHashMap.newKeySet();

	private final Set<String> unknownHosts = ConcurrentHashMap.newKeySet();

	/** What the present round has heard of; guarded by itself, as is all of the round. */
	private final Set<Address> heard = new HashSet<>();

	private @Nullable Responses round;

	private boolean founding;

	NodeDiscovery(Node self, List<NodeAddress> listed, PortRange ports) {
		setId(ClassConfigurator.getProtocolId(TCPPING.class));
		returnEntireCache(true);
		this.targets = listed.stream()
			.map((address) -> new Target(address.node().host(), ports.of(address)))
			.distinct()
			.toList();
		this.listed = new HashSet<>(listed.stream().map(NodeAddress::node).toList());
		this.listed.remove(self);
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
	protected void findMembers(@Nullable List<Address> members, boolean initial, Responses responses) {
		if (initial) {
			synchronized (this.heard) {
				this.heard.clear();
				this.round = responses;
				this.founding = false;
			}
			endRoundIfAllAnswered();
			this.timer.schedule(() -> endRound(responses), ROUND_MILLIS, TimeUnit.MILLISECONDS);
			repeat(responses);
		}
		else {
			askAll(false);
		}
	}

	private void repeat(Responses responses) {
		if (!responses.isDone()) {
			askAll(true);
			this.timer.schedule(() -> repeat(responses), REPEAT_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	protected @Nullable Object handle(PingHeader header, Message message) {
		if (header.type() != PingHeader.GET_MBRS_REQ) {
			return super.handle(header, message);
		}
		synchronized (this.heard) {
			return (this.founding) ? null : super.handle(header, message);
		}
	}

	@Override
	protected void addResponse(PingData response, boolean overwrite) {
		synchronized (this.heard) {
			if (this.founding) {
				return;
			}
			if (this.round != null) {
				this.heard.add(response.getAddress());
			}
		}
		super.addResponse(response, overwrite);
		endRoundIfAllAnswered();
	}

	@Override
	public Object down(Event event) {
		Object result = super.down(event);
		if (event.getType() == Event.VIEW_CHANGE) {
			synchronized (this.heard) {
				this.founding = false;
			}
		}
		return result;
	}

	private void endRoundIfAllAnswered() {
		synchronized (this.heard) {
			Set<Node> missing = new HashSet<>(this.listed);
			this.heard.forEach((address) -> missing.remove(AddressBook.nodeOf(address)));
			if (this.round != null && missing.isEmpty()) {
				endRound(this.round);
			}
		}
	}

	private void endRound(Responses responses) {
		synchronized (this.heard) {
			if (this.round != responses) {
				return;
			}
			this.round = null;
			if (!responses.isDone()) {
				this.founding = this.heard.stream().allMatch((other) -> other.compareTo(this.local_addr) >= 0);
				responses.done();
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
		try {
			InetAddress host = InetAddress.getByName(target.host());
			PhysicalAddress own = (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, this.local_addr));
			for (int port = target.ports().first(); port <= target.ports().last(); port++) {
				PhysicalAddress address = new IpAddress(host, port);
				if (!address.equals(own)) {
					send(request(address, own, initial));
				}
			}
		}
		catch (IOException ex) {
			if (this.unknownHosts.add(target.host())) {
				this.log.warn("host %s of a listed node is unknown and will be tried again", target.host());
			}
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

	private void send(Message request) {
		try {
			this.direct.send(request);
		}
		catch (Exception ex) {
			this.log.trace("%s does not answer: %s", request.getDest(), ex);
		}
	}

	private record Target(String host, PortRange ports) {
	}

}
