package io.clusterspring.jgroups;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jgroups.conf.XmlConfigurator;

/**
 * The protocols of a JGroups XML, in which those that read what comes from outside are
 * replaced by the same with a door.
 *
 * <p>
 * Replaces transports by those with a door (docs/upstream.md#objects-before-trust). This
 * can go together with {@link FrameDoor}.
 */
final class GuardedXml implements ProtocolStackConfigurator {

	private static final Map<String, Class<?>> GUARDED = Map.of("TCP", XmlTcp.class, "TCP_NIO2", XmlNio.class, "UDP",
			XmlUdp.class, "MPING", XmlMulticast.class, "FD_SOCK2", XmlSuspicion.class);

	private static final String PACKAGE = "org.jgroups.protocols.";

	private final ProtocolStackConfigurator xml;

	private final List<ProtocolConfiguration> stack;

	private GuardedXml(ProtocolStackConfigurator xml) throws Exception {
		this.xml = xml;
		this.stack = xml.getProtocolStack().stream().map(GuardedXml::guarded).toList();
	}

	static GuardedXml read(InputStream xml) throws Exception {
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

}
