package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jgroups.Address;
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
 * It also does not wait for a frozen node. A connection says goodbye before it is closed,
 * behind whatever is still being written to it; the view without the node would not be
 * installed until the node wakes up.
 */
final class NodeTcp extends TCP {

	private static final long GOODBYE_MILLIS = 300;

	@Override
	public void start() throws Exception {
		super.start();
		this.srv.log(LogFactory.getLog(TcpServer.class));
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
