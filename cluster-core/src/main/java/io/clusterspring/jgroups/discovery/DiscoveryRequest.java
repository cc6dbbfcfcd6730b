package io.clusterspring.jgroups.discovery;

import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TpHeader;
import org.jgroups.util.NameCache;
import org.jspecify.annotations.Nullable;

/**
 * The question who is there, in the words of {@link NodeDiscovery}.
 */
final class DiscoveryRequest {

	private static final short ID = ClassConfigurator.getProtocolId(TCPPING.class);

	private DiscoveryRequest() {
	}

	static Message create(Discovery asking, @Nullable PhysicalAddress to, boolean initial) {
		PhysicalAddress own = (PhysicalAddress) asking.down(new Event(Event.GET_PHYSICAL_ADDRESS, asking.getAddress()));
		PingData data = new PingData(asking.getAddress(), false, NameCache.get(asking.getAddress()), own);
		String cluster = asking.getClusterName();
		return new BytesMessage(to).setArray(Discovery.marshal(data))
			.setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
			.setSrc(asking.getAddress())
			.putHeader(ID, new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(cluster).initialDiscovery(initial))
			.putHeader(asking.getTransport().getId(), new TpHeader(cluster));
	}

	static boolean is(Message message) {
		PingHeader header = message.getHeader(ID);
		return header != null && header.type() == PingHeader.GET_MBRS_REQ;
	}

}
