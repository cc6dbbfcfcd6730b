package io.clusterspring.jgroups.discovery;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.Version;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TpHeader;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.NameCache;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The question who is there, in the words of {@link NodeDiscovery}, and its answer.
 */
final class DiscoveryMessages {

	private static final short ID = ClassConfigurator.getProtocolId(TCPPING.class);

	private static final int LIST = 1;

	private DiscoveryMessages() {
	}

	static Message request(Discovery asking, @Nullable PhysicalAddress to, boolean initial) {
		PhysicalAddress own = (PhysicalAddress) asking.down(new Event(Event.GET_PHYSICAL_ADDRESS, asking.getAddress()));
		PingData data = new PingData(asking.getAddress(), false, NameCache.get(asking.getAddress()), own);
		String cluster = asking.getClusterName();
		return new BytesMessage(to).setArray(Discovery.marshal(data))
			.setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
			.setSrc(asking.getAddress())
			.putHeader(ID, new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(cluster).initialDiscovery(initial))
			.putHeader(asking.getTransport().getId(), new TpHeader(cluster));
	}

	static boolean isRequest(Message message) {
		PingHeader header = message.getHeader(ID);
		return header != null && header.type() == PingHeader.GET_MBRS_REQ;
	}

	// where the sender says it is to be found, null if the frame has no answer
	static @Nullable PhysicalAddress answer(byte[] frame) {
		try {
			return messages(frame).map(DiscoveryMessages::address).filter(Objects::nonNull).findFirst().orElse(null);
		}
		catch (Exception ex) {
			// the engine reads it as well, and says so
			return null;
		}
	}

	private static Stream<Message> messages(byte[] frame) throws Exception {
		ByteArrayDataInputStream in = new ByteArrayDataInputStream(frame);
		if (!Version.isBinaryCompatible(in.readShort())) {
			return Stream.empty();
		}
		if ((in.readByte() & LIST) == 0) {
			return Stream.of(Util.readMessage(in));
		}
		return Stream.of(Util.readMessageBatch(in, false)).filter(Objects::nonNull).flatMap(MessageBatch::stream);
	}

	private static @Nullable PhysicalAddress address(Message message) {
		PingHeader header = message.getHeader(ID);
		if (header == null || header.type() != PingHeader.GET_MBRS_RSP) {
			return null;
		}
		return nodes(message).stream()
			.filter((node) -> message.getSrc().equals(node.getAddress()))
			.map(PingData::getPhysicalAddr)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static List<PingData> nodes(Message message) {
		try {
			List<PingData> nodes = Discovery.deserialize(message.getArray(), message.getOffset(), message.getLength());
			return (nodes != null) ? nodes : List.of();
		}
		catch (Exception ex) {
			return List.of();
		}
	}

}
