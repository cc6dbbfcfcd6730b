package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.TCP;

/**
 * TCP whose connections log under their own name: they report as errors what happens
 * whenever a node leaves and both sides close, and can so be told to be quiet.
 *
 * <p>
 * A member whose connection ends is suspected at once, and then asked. FD_SOCK2 does the
 * same with connections of its own, to a second port that would have to be guarded as
 * this one is.
 *
 * <p>
 * It also does not wait for a frozen node. A connection says goodbye before it is closed,
 * behind whatever is still being written to it; the view without the node would not be
 * installed until the node wakes up.
 */
final class NodeTcp extends TCP {

	static final long GOODBYE_MILLIS = 300;

	NodeTcp() {
		setBundler(new NodeBundler());
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.srv.log(LogFactory.getLog(TcpServer.class));
	}

	@Override
	public void connectionClosed(Connection closed) {
		PhysicalAddress peer = (PhysicalAddress) closed.peerAddress();
		Address member = this.logical_addr_cache.getByValue(peer);
		// when both ends have connected at once, one connection too many is closed
		if (member != null && this.members.contains(member) && this.connected
				&& !this.srv.connectionEstablishedTo(peer)) {
			getTimer().execute(() -> this.up_prot.up(new Event(Event.SUSPECT, List.of(member))), true);
		}
	}

	@Override
	public void retainAll(Collection<Address> members) {
		List<Connection> leaving = new ArrayList<>();
		this.srv.forAllConnections((address, connection) -> {
			if (!members.contains(address) && !this.is_member.test((PhysicalAddress) address)) {
				leaving.add(connection);
			}
		});
		if (!leaving.isEmpty()) {
			getTimer().schedule(() -> leaving.forEach(NodeTcp::closeAbruptly), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
		}
		super.retainAll(members);
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
