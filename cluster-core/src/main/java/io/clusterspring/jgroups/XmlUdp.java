package io.clusterspring.jgroups;

import java.io.DataInput;

import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UDP;
import org.jgroups.util.ByteArrayDataInputStream;

/**
 * UDP of a JGroups XML, with a door. Public because JGroups makes it; not to be used
 * otherwise.
 *
 * <p>
 * Replaces {@code receive} of UDP, which makes objects of what anybody sends
 * (docs/upstream.md#objects-before-trust). This can go together with {@link FrameDoor}.
 */
public final class XmlUdp extends UDP implements GuardedTransport {

	private FrameDoor door = FrameDoor.CLOSED;

	/**
	 * Create the protocol.
	 */
	public XmlUdp() {
		setId(ClassConfigurator.getProtocolId(UDP.class));
	}

	@Override
	public String getName() {
		return "UDP";
	}

	@Override
	public void guard(FrameDoor door) {
		this.door = door;
	}

	@Override
	public void receive(Address sender, DataInput in, int length) throws Exception {
		byte[] frame = this.door.read(sender, in, length);
		if (frame != null) {
			super.receive(sender, new ByteArrayDataInputStream(frame), length);
		}
	}

	@Override
	public void receive(Address sender, byte[] data, int offset, int length) {
		if (this.door.admits(sender, data, offset, length)) {
			super.receive(sender, data, offset, length);
		}
	}

}
