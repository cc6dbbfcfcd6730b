package io.clusterspring.jgroups.discovery;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.List;

import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.junit.jupiter.api.Test;

import io.clusterspring.NodeAddress;
import io.clusterspring.NodeBindException;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.frame.Marker;
import io.clusterspring.jgroups.frame.WireSamples;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class MulticastLookupIntegrationTests extends LookupTestCases {

	@Override
	NodeLookup lookup(String host) throws Exception {
		return NodeLookups.multicast(InetAddress.getByName("239.255.78.9"), 27979);
	}

	@Override
	String host(int number) {
		// the one address of the loopback interface
		return "127.0.0.1";
	}

	@Override
	int port() {
		return 27905;
	}

	@Test
	void nodesThatDoNotHearEachOtherAreSeparateAndOthersAreNotDisturbed() throws Exception {
		peer(1).connect();
		Peer other = peer(2, NodeLookups.multicast(InetAddress.getByName("239.255.78.10"), 27979));
		other.connect();
		assertThat(other.heard.nodes()).hasSize(1);
	}

	@Test
	void onlyQuestionsComeInByMulticast() throws Exception {
		Peer first = peer(1);
		first.connect();
		Peer second = peer(2);
		second.connect();
		seeAll(2);
		Message forged = new BytesMessage(null, "forged".getBytes()).setSrc(second.channel().getAddress());
		ByteArrayDataOutputStream bytes = new ByteArrayDataOutputStream();
		forged.writeTo(bytes);
		send(bytes.buffer(), bytes.position());
		send(new byte[1000], 1000);
		Peer third = peer(3);
		third.connect();
		seeAll(3);
		assertThat(first.heard.frames()).isEmpty();
	}

	@Test
	void datagramNeitherMakesAnObjectOfItsChoiceNorTakesTheMemoryItAnnounces() throws Exception {
		Peer first = peer(1);
		first.connect();
		int made = Marker.made.get();
		byte[] named = WireSamples
			.bytes((out) -> WireSamples.message(out, first.channel().getAddress(), (short) 9, 66, (rest) -> {
				rest.writeByte(1);
				rest.writeShort(-1);
				rest.writeUTF(Marker.class.getName());
				rest.writeInt(-1);
			}));
		byte[] large = WireSamples.bytes((out) -> {
			out.write(new byte[] { 0, 0, 0, 0, 0 });
			out.writeInt(Integer.MAX_VALUE);
		});
		for (int i = 0; i < 3; i++) {
			send(named, named.length);
			send(large, large.length);
		}
		await().until(() -> first.refusedFrames() >= 6);
		assertThat(Marker.made).hasValue(made);
		peer(2).connect();
		seeAll(2);
	}

	@Test
	void hostWithoutAnInterfaceIsRefused() {
		JGroupsTransport transport = new JGroupsTransport(this.cluster, NodeAddress.of("n1@127.0.0.9"), List.of(),
				NodeLookups.multicast(InetAddress.getLoopbackAddress(), 27979), new PortRange(port(), 1),
				ListenSettings.DEFAULT, List.of(), new ConnectionSecurity(null, null), NodeLimits.DEFAULT);
		assertThatExceptionOfType(NodeBindException.class).isThrownBy(() -> transport.connect(new RecordingListener()))
			.havingCause()
			.withMessageContaining("127.0.0.9");
	}

	private void send(byte[] bytes, int length) throws Exception {
		try (MulticastSocket socket = new MulticastSocket(null)) {
			socket.setNetworkInterface(NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")));
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			socket.send(new DatagramPacket(bytes, length, InetAddress.getByName("239.255.78.9"), 27979));
		}
	}

}
