package io.clusterspring.jgroups.frame;

import java.net.DatagramPacket;
import java.net.SocketException;
import java.util.Objects;

import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MPING;
import org.jgroups.util.ByteArrayDataInputStream;

/**
 * MPING with a door to the port that it listens on, which anybody can send to. Public
 * because JGroups makes it for a JGroups XML; not to be used otherwise.
 *
 * <p>
 * Replaces {@code run} of MPING, which makes an object of any class that a datagram names
 * (not reported yet: docs/upstream.md#datagrams-of-anybody). This can go once MPING reads
 * nothing but discovery requests.
 */
public class XmlMulticast extends MPING implements FrameDoor.Guarded {

	private static final int LARGEST_DATAGRAM = 65_535;

	private FrameDoor door = FrameDoor.CLOSED;

	public XmlMulticast() {
		setId(ClassConfigurator.getProtocolId(MPING.class));
	}

	@Override
	public String getName() {
		return "MPING";
	}

	@Override
	public final void guard(FrameDoor door) {
		this.door = door;
	}

	@Override
	public final void run() {
		DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
		while (this.mcast_receive_sock != null && Thread.currentThread() == this.receiver) {
			try {
				packet.setLength(LARGEST_DATAGRAM);
				this.mcast_receive_sock.receive(packet);
				read(packet);
			}
			catch (SocketException ex) {
				return;
			}
			catch (Exception | Error ex) {
				// the next datagram is read all the same
				this.log.debug("datagram from %s: %s", packet.getSocketAddress(), ex);
			}
		}
	}

	private void read(DatagramPacket packet) throws Exception {
		if (this.door.admits(packet)) {
			Message message = new BytesMessage();
			message.readFrom(new ByteArrayDataInputStream(packet.getData(), 0, packet.getLength()));
			if (!Objects.equals(this.local_addr, message.getSrc())) {
				up(message);
			}
		}
	}

}
