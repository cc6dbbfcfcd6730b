package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.frame.WireSamples;

import static org.assertj.core.api.Assertions.assertThat;

class DiscoveryMessagesTests {

	private static final Address OTHER = MemberAddress.newAddress(Node.of("n9@10.0.0.9"), 1);

	private final IpAddress told = new IpAddress(InetAddress.getLoopbackAddress(), 30001);

	private final IpAddress elsewhere = new IpAddress(InetAddress.getLoopbackAddress(), 30009);

	@Test
	void answerTellsWhereItsSenderIsToBeFound() {
		assertThat(DiscoveryMessages.answer(WireSamples.frame(answer()))).isEqualTo(this.told);
		Message other = WireSamples.message(OTHER, "something");
		assertThat(DiscoveryMessages.answer(WireSamples.batch(OTHER, List.of(other, answer()), "shop")))
			.isEqualTo(this.told);
	}

	@Test
	void nothingElseIsAnAnswer() {
		assertThat(DiscoveryMessages.answer(WireSamples.frame(WireSamples.message(OTHER, "something")))).isNull();
		Message request = message(PingHeader.GET_MBRS_REQ, node(WireSamples.SELF, this.told));
		assertThat(DiscoveryMessages.answer(WireSamples.frame(request))).isNull();
		Message ofOthers = message(PingHeader.GET_MBRS_RSP, node(OTHER, this.elsewhere));
		assertThat(DiscoveryMessages.answer(WireSamples.frame(ofOthers))).isNull();
		byte[] another = WireSamples.frame(answer());
		another[0] = 0;
		assertThat(DiscoveryMessages.answer(another)).as("of another version").isNull();
	}

	@Test
	void frameThatIsNoneIsNoAnswer() {
		byte[] frame = WireSamples.frame(answer());
		Random random = new Random(7);
		for (int length = 0; length < frame.length; length++) {
			byte[] cut = Arrays.copyOf(frame, length);
			if (length > 3) {
				cut[3 + random.nextInt(length - 3)] ^= 0x40;
			}
			assertThat(DiscoveryMessages.answer(cut)).isNull();
		}
	}

	private Message answer() {
		return message(PingHeader.GET_MBRS_RSP, node(OTHER, this.elsewhere), node(WireSamples.SELF, this.told));
	}

	private static PingData node(Address address, IpAddress physical) {
		return new PingData(address, true, "name", physical);
	}

	private static Message message(byte type, PingData... nodes) {
		return new BytesMessage(OTHER).setArray(Discovery.marshal(nodes))
			.setSrc(WireSamples.SELF)
			.putHeader(WireSamples.DISCOVERY, new PingHeader(type));
	}

}
