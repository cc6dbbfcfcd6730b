package io.clusterspring.jgroups;

import java.io.DataInput;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.util.ByteArrayDataInputStream;

/**
 * FD_SOCK2 of a JGroups XML, with a door to the port that it listens on. Public because
 * JGroups makes it; not to be used otherwise.
 *
 * <p>
 * Replaces {@code receive} of FD_SOCK2, which makes objects of what anybody sends
 * (docs/upstream.md#objects-before-trust). This can go together with {@link FrameDoor}.
 */
public final class XmlSuspicion extends FD_SOCK2 implements GuardedTransport {

	private FrameDoor door = FrameDoor.CLOSED;

	/**
	 * Create the protocol.
	 */
	public XmlSuspicion() {
		setId(ClassConfigurator.getProtocolId(FD_SOCK2.class));
	}

	@Override
	public String getName() {
		return "FD_SOCK2";
	}

	@Override
	public void guard(FrameDoor door) {
		this.door = door;
	}

	@Override
	public void receive(Address sender, DataInput in, int length) throws Exception {
		byte[] message = this.door.readMessage(sender, in, length, Message.EMPTY_MSG);
		if (message != null) {
			super.receive(sender, new ByteArrayDataInputStream(message), length);
		}
	}

}
