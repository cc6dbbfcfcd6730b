package io.clusterspring.jgroups.frame;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jgroups.JChannel;
import org.jgroups.protocols.TP;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

import io.clusterspring.NodeAddress;
import io.clusterspring.PayloadLimit;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.JGroupsConfigException;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GuardedXmlTests {

	private static final String ABOVE = "<pbcast.NAKACK2/><UNICAST3/><pbcast.STABLE/><pbcast.GMS/><MFC/><FRAG2/><RSVP/>";

	@Test
	void protocolsThatReadWhatComesFromOutsideGetADoor() throws Exception {
		try (JChannel channel = channel(
				"<TCP bind_addr=\"127.0.0.1\" bind_port=\"7812\"/><MPING/><FD_SOCK2/>" + ABOVE)) {
			List<Protocol> stack = channel.getProtocolStack().getProtocols();
			assertThat(stack).filteredOn((protocol) -> protocol instanceof FrameDoor.Guarded).hasSize(3);
			FrameDoor.install(channel.getProtocolStack(), new RefusedFrames(), new PayloadLimit(1 << 20));
			TP transport = channel.getProtocolStack().getTransport();
			assertThat(transport.getBindPort()).isEqualTo(7812);
			assertThat(transport.getName()).isEqualTo("TCP");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TCP", "TCP_NIO2", "UDP", "org.jgroups.protocols.TCP" })
	void eachTransportThatIsTakenHasADoor(String transport) throws Exception {
		try (JChannel channel = channel("<" + transport + " bind_addr=\"127.0.0.1\"/><PING/>" + ABOVE)) {
			assertThat(channel.getProtocolStack().getTransport()).isInstanceOf(FrameDoor.Guarded.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "FD_SOCK", "COMPRESS", "FORK" })
	void protocolWhoseMessagesCannotBeCheckedEndsTheBoot(String protocol) {
		refused("<TCP bind_addr=\"127.0.0.1\"/><PING/><" + protocol + "/>" + ABOVE, protocol);
	}

	@Test
	void transportWithoutADoorEndsTheBoot() {
		refused("<SHARED_LOOPBACK/><PING/>" + ABOVE, "SHARED_LOOPBACK");
	}

	private static void refused(String protocols, String named) {
		ByteArrayResource config = new ByteArrayResource(xml(protocols));
		JGroupsTransport transport = new JGroupsTransport("xml", NodeAddress.of("n1@127.0.0.1"), config, List.of(),
				new ConnectionSecurity(null, null), PayloadLimit.DEFAULT);
		assertThatExceptionOfType(JGroupsConfigException.class)
			.isThrownBy(() -> transport.connect(new RecordingListener()))
			.havingRootCause()
			.withMessageContaining(named);
	}

	private static JChannel channel(String protocols) throws Exception {
		return new JChannel(GuardedXml.read(new ByteArrayInputStream(xml(protocols))));
	}

	private static byte[] xml(String protocols) {
		return ("<config xmlns=\"urn:org:jgroups\">" + protocols + "</config>").getBytes(StandardCharsets.UTF_8);
	}

}
