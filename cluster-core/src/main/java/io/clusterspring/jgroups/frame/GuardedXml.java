package io.clusterspring.jgroups.frame;

import java.io.DataInput;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jgroups.conf.XmlConfigurator;

/**
 * The protocols of a JGroups XML, in which those that read what comes from outside are
 * replaced by the same with a door. Those are public because JGroups makes them by name;
 * not to be used otherwise. They have the names of those that they replace.
 *
 * <p>
 * Replaces transports by those with a door (docs/upstream.md#objects-before-trust). This
 * can go together with {@link FrameDoor}.
 */
public final class GuardedXml implements ProtocolStackConfigurator {

	private static final Map<String, Class<?>> GUARDED = Map.of("TCP", TCP.class, "TCP_NIO2", TCP_NIO2.class, "UDP",
			UDP.class, "FD_SOCK2", FD_SOCK2.class, "MPING", XmlMulticast.class);

	private static final String PACKAGE = "org.jgroups.protocols.";

	private final ProtocolStackConfigurator xml;

	private final List<ProtocolConfiguration> stack;

	private GuardedXml(ProtocolStackConfigurator xml) throws Exception {
		this.xml = xml;
		this.stack = xml.getProtocolStack().stream().map(GuardedXml::guarded).toList();
	}

	public static GuardedXml read(InputStream xml) throws Exception {
		return new GuardedXml(XmlConfigurator.getInstance(xml));
	}

	private static ProtocolConfiguration guarded(ProtocolConfiguration protocol) {
		String name = protocol.getProtocolName();
		Class<?> guarded = GUARDED.get(name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name);
		if (guarded == null) {
			return protocol;
		}
		ProtocolConfiguration replaced = new ProtocolConfiguration(guarded.getName(), protocol.getProperties(),
				guarded.getClassLoader());
		if (protocol.getSubtrees() != null) {
			protocol.getSubtrees().forEach(replaced::addSubtree);
		}
		return replaced;
	}

	@Override
	public String getProtocolStackString() {
		return this.xml.getProtocolStackString();
	}

	@Override
	public List<ProtocolConfiguration> getProtocolStack() {
		return this.stack;
	}

	/** TCP with a door. */
	public static final class TCP extends org.jgroups.protocols.TCP implements FrameDoor.Guarded {

		private FrameDoor door = FrameDoor.CLOSED;

		public TCP() {
			setId(ClassConfigurator.getProtocolId(org.jgroups.protocols.TCP.class));
		}

		@Override
		public void guard(FrameDoor door) {
			this.door = door;
		}

		@Override
		public void receive(Address sender, DataInput in, int length) throws Exception {
			this.door.pass(sender, in, length, super::receive);
		}

		@Override
		public void receive(Address sender, byte[] data, int offset, int length) {
			if (this.door.admits(sender, data, offset, length)) {
				super.receive(sender, data, offset, length);
			}
		}

	}

	/** TCP_NIO2 with a door. */
	public static final class TCP_NIO2 extends org.jgroups.protocols.TCP_NIO2 implements FrameDoor.Guarded {

		private FrameDoor door = FrameDoor.CLOSED;

		public TCP_NIO2() {
			setId(ClassConfigurator.getProtocolId(org.jgroups.protocols.TCP_NIO2.class));
		}

		@Override
		public void guard(FrameDoor door) {
			this.door = door;
		}

		@Override
		public void receive(Address sender, DataInput in, int length) throws Exception {
			this.door.pass(sender, in, length, super::receive);
		}

		@Override
		public void receive(Address sender, byte[] data, int offset, int length) {
			if (this.door.admits(sender, data, offset, length)) {
				super.receive(sender, data, offset, length);
			}
		}

	}

	/** UDP with a door. */
	public static final class UDP extends org.jgroups.protocols.UDP implements FrameDoor.Guarded {

		private FrameDoor door = FrameDoor.CLOSED;

		public UDP() {
			setId(ClassConfigurator.getProtocolId(org.jgroups.protocols.UDP.class));
		}

		@Override
		public void guard(FrameDoor door) {
			this.door = door;
		}

		@Override
		public void receive(Address sender, DataInput in, int length) throws Exception {
			this.door.pass(sender, in, length, super::receive);
		}

		@Override
		public void receive(Address sender, byte[] data, int offset, int length) {
			if (this.door.admits(sender, data, offset, length)) {
				super.receive(sender, data, offset, length);
			}
		}

	}

	/** FD_SOCK2 with a door. */
	public static final class FD_SOCK2 extends org.jgroups.protocols.FD_SOCK2 implements FrameDoor.Guarded {

		private FrameDoor door = FrameDoor.CLOSED;

		public FD_SOCK2() {
			setId(ClassConfigurator.getProtocolId(org.jgroups.protocols.FD_SOCK2.class));
		}

		@Override
		public void guard(FrameDoor door) {
			this.door = door;
		}

		@Override
		public void receive(Address sender, DataInput in, int length) throws Exception {
			this.door.passMessage(sender, in, length, Message.EMPTY_MSG, super::receive);
		}

	}

}
