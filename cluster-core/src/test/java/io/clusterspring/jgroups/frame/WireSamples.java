package io.clusterspring.jgroups.frame;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.Version;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.FragHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.TpHeader;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.UnicastHeader3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.engine.StackSamples;
import io.clusterspring.jgroups.flow.PartBounds;

/**
 * Frames as a node sends them, and as no node does.
 */
public final class WireSamples {

	public static final short TRANSPORT = ClassConfigurator.getProtocolId(TP.class);

	public static final short DISCOVERY = ClassConfigurator.getProtocolId(TCPPING.class);

	public static final short UNICAST = ClassConfigurator.getProtocolId(UNICAST3.class);

	public static final short MULTICAST = ClassConfigurator.getProtocolId(NAKACK2.class);

	public static final short STABILITY = ClassConfigurator.getProtocolId(STABLE.class);

	public static final short MEMBERSHIP = ClassConfigurator.getProtocolId(GMS.class);

	public static final short PARTS = ClassConfigurator.getProtocolId(FRAG4.class);

	public static final Address SELF = MemberAddress.newAddress(Node.of("hostile@127.0.0.1"), 9);

	private WireSamples() {
	}

	static FrameWall wall() {
		List<Protocol> stack = StackSamples.ofANode();
		// as the engine does
		stack.get(0).setId(TRANSPORT);
		return new FrameWall(new HeaderTable(stack), PartBounds.ofSize(1 << 20));
	}

	public static Message message(Address to, String text) {
		return new BytesMessage(to, text.getBytes()).setSrc(SELF);
	}

	public static Message numbered(Message message, long number, short connection, boolean first, String cluster) {
		return message.putHeader(UNICAST, UnicastHeader3.createDataHeader(number, connection, first))
			.putHeader(TRANSPORT, new TpHeader(cluster));
	}

	public static Message part(Address to, long id, int index, int count) {
		return message(to, "part").putHeader(PARTS, new FragHeader(id, index, count));
	}

	public static byte[] frame(Message message) {
		return bytes((out) -> Util.writeMessage(message, out, message.getDest() == null));
	}

	public static byte[] batch(Address to, List<Message> messages, String cluster) {
		return bytes((out) -> Util.writeMessageList(to, SELF, cluster.getBytes(), messages, out, false));
	}

	/**
	 * A frame with one message whose header, and what follows it, is written by hand.
	 * @param type the type of the message
	 * @param to its destination
	 * @param protocol the identifier of the header's protocol
	 * @param magic the number of the header's class
	 * @param rest the header, and the payload
	 * @return the frame
	 */
	public static byte[] frame(short type, Address to, short protocol, int magic, Writer rest) {
		return bytes((out) -> {
			out.writeShort(Version.version);
			out.writeByte(0);
			out.writeShort(type);
			message(out, to, protocol, magic, rest);
		});
	}

	public static void message(DataOutput out, Address to, short protocol, int magic, Writer rest) throws IOException {
		out.writeByte(3);
		out.writeShort(0);
		Util.writeAddress(to, out);
		Util.writeAddress(SELF, out);
		out.writeShort(1);
		out.writeShort(protocol);
		out.writeShort(magic);
		rest.write(out);
	}

	/**
	 * Return an object that is serialized.
	 * @return its bytes
	 */
	public static byte[] serialized() {
		try {
			return Util.objectToByteBuffer(new Marker());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static byte[] bytes(Writer writer) {
		try {
			ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(512);
			writer.write(out);
			return Arrays.copyOf(out.buffer(), out.position());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Writes bytes.
	 */
	public interface Writer {

		void write(DataOutput out) throws IOException;

	}

}
