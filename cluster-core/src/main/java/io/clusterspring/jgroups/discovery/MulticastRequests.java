package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.protocols.MPING;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.NodeLookup.Found;
import io.clusterspring.jgroups.frame.XmlMulticast;

/**
 * The multicast socket of {@link MPING}, for the requests of {@link NodeDiscovery}, which
 * answers them. Anything else that comes over it goes no further: multicasts are neither
 * encrypted nor authenticated, and the protocols above trust what comes from below.
 *
 * <p>
 * Replaces what MPING does with a datagram of anybody (not reported yet:
 * docs/upstream.md#datagrams-of-anybody). This can go once MPING reads nothing but
 * discovery requests.
 */
final class MulticastRequests extends XmlMulticast {

	MulticastRequests(InetAddress group, int port) {
		setMcastAddr(group);
		setMcastPort(port);
		setTTL(1);
	}

	@Override
	public void start() throws Exception {
		InetAddress host = this.transport.getBindAddress();
		if (NetworkInterface.getByInetAddress(host) == null) {
			throw new SocketException("no network interface has the address " + host.getHostAddress());
		}
		super.start();
	}

	// nodes are asked for rather than looked up: those who hear it answer over TCP
	Found send() {
		sendMcastDiscoveryRequest(DiscoveryMessages.request(this, null, this.view == null));
		return new Found(List.of(), false);
	}

	@Override
	public @Nullable Object up(Message message) {
		boolean multicast = Thread.currentThread() == this.receiver;
		return (!multicast || DiscoveryMessages.isRequest(message)) ? super.up(message) : null;
	}

	@Override
	public void findMembers(@Nullable List<Address> members, boolean initial, Responses found) {
		// the discovery above asks
	}

}
