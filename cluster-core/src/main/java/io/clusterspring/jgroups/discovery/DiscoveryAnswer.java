package io.clusterspring.jgroups.discovery;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.Version;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.frame.FrameDoor;

/**
 * The answer to a {@link DiscoveryRequest}, as it comes over a connection.
 */
final class DiscoveryAnswer {

	private static final short ID = ClassConfigurator.getProtocolId(TCPPING.class);

	private static final int LIST = 1;

	private DiscoveryAnswer() {
	}

	/**
	 * Look for an answer in a frame.
	 * @param frame the frame, which the {@link FrameDoor} has let through
	 * @return where the node that has sent it says it is to be found, or {@code null} if
	 * the frame has no answer
	 */
	static @Nullable PhysicalAddress read(byte[] frame) {
		try {
			return messages(frame).map(DiscoveryAnswer::address).filter(Objects::nonNull).findFirst().orElse(null);
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
