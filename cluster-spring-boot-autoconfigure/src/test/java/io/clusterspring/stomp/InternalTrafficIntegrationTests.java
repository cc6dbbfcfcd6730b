package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.test.ChannelTestClient;
import io.clusterspring.test.TestChannel;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a hostile client in an application that lets it broadcast any bytes on any
 * topic: none of them are handled as frames between nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class InternalTrafficIntegrationTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	/**
	 * Names of internal topics of earlier versions, and names that resemble frame kinds.
	 */
	private static final List<String> NAMES = List.of("_stomp:messages", "_stomp:users", "$cluster:presence",
			"_distributed", "cluster:disconnect", "cluster:transport", "stomp-message", "stomp-users", "presence",
			"distributed", "disconnect", "long-poll");

	private final LocalNetwork network = new LocalNetwork("hostile");

	private StompNode here;

	private StompNode there;

	@BeforeAll
	void startNodes() {
		this.here = StompNode.start("n1@127.0.0.1", this.network, OpenApp.class);
		this.there = StompNode.start("n2@127.0.0.1", this.network, OpenApp.class);
		await().atMost(30, TimeUnit.SECONDS).until(() -> this.here.bean(Cluster.class).view().nodes().size() == 2);
	}

	@AfterAll
	void closeNodes() {
		this.here.close();
		this.there.close();
		this.network.close();
	}

	@Test
	void broadcastsOfAClientReachTopicsOnly(CapturedOutput output) {
		StompClient.Inbox inbox = this.there.connect(null).subscribe("/topic/a");
		ChannelTestClient victim = ChannelTestClient.on(this.there.context()).parameter("id", "victim").connect();
		TestChannel room = victim.join("room");
		long answered = answered();
		long malformed = malformed();
		long asked = this.there.bean(ClusterPresence.class).statistics().requests();

		forgeAll();

		this.here.template().convertAndSend("/topic/a", "genuine");
		assertThat(inbox.until("genuine")).containsExactly("genuine");
		assertThat(this.there.users().getUser("mallory")).isNull();
		assertThat(this.there.bean(ClusterPresence.class).statistics().requests()).isEqualTo(asked);
		assertThat(output).doesNotContain("'job' is forbidden");
		room.push("say", Map.of());
		room.expectBroadcast("said");
		assertThat(answered()).isEqualTo(answered);
		assertThat(malformed()).isEqualTo(malformed);

		// the same frames are accepted from a node, so they are valid
		forged().values().forEach(this::receive);
		assertThat(inbox.until("forged")).containsExactly("genuine", "forged");
		byte[] missing = new SessionFrame.Digest(7, 1000).encode();
		byte[] state = forged().get(FrameKind.STOMP_USERS);
		await().until(() -> {
			// a state is taken only as an answer, and this node asks for what is missing
			receive(missing);
			receive(state);
			return this.there.users().getUser("mallory") != null;
		});
		await().until(() -> this.there.bean(ClusterPresence.class).statistics().requests() > asked);
		await().until(() -> output.toString().contains("'job' is forbidden on this node, by n1@127.0.0.1"));
		await().until(() -> answered() > answered);
		victim.expectClosed(1001);
	}

	private void forgeAll() {
		List<String> heard = new ArrayList<>();
		this.there.bean(PubSub.class).subscribe("end", String.class, heard::add);
		ChannelTestClient hostile = ChannelTestClient.connect(this.here.context()).within(Duration.ofSeconds(20));
		for (String name : NAMES) {
			TestChannel channel = hostile.join(name);
			for (byte[] frame : forged().values()) {
				byte[] body = Arrays.copyOfRange(frame, FrameKind.HEADER, frame.length);
				byte[] former = Arrays.copyOfRange(frame, FrameKind.HEADER - 1, frame.length);
				for (byte[] bytes : List.of(frame, body, former)) {
					channel.push("plain", bytes);
					channel.push("event", bytes);
				}
			}
			channel.push("say", Map.of());
			channel.expectBroadcast("said");
		}
		this.here.bean(PubSub.class).broadcast("end", "end");
		await().until(() -> heard.contains("end"));
		hostile.close();
	}

	private static Map<FrameKind, byte[]> forged() {
		Map<FrameKind, byte[]> forged = new LinkedHashMap<>();
		forged.put(FrameKind.STOMP_MESSAGE,
				new BridgedMessage("/topic/a", null, Map.of(), Map.of(), Map.of(), "forged".getBytes()).encode());
		forged.put(FrameKind.STOMP_USERS,
				new SessionFrame.State(7, 1000, 0, true, List.of(new SessionOp.Connected("x", "mallory"))).encode());
		forged.put(FrameKind.PRESENCE, new FrameWriter(FrameKind.PRESENCE).octet(1).longNumber(7).number(99).frame());
		forged.put(FrameKind.DISTRIBUTED,
				new FrameWriter(FrameKind.DISTRIBUTED).octet(2).text("job").flag(false).frame());
		forged.put(FrameKind.LONG_POLL,
				new FrameWriter(FrameKind.LONG_POLL).octet(0).longNumber(1).text("none").rest(new byte[4]).frame());
		forged.put(FrameKind.DISCONNECT, new FrameWriter(FrameKind.DISCONNECT).text("victim").frame());
		return forged;
	}

	private long answered() {
		return this.there.bean(ClusterWire.class).statistics(FrameKind.LONG_POLL).sentFrames();
	}

	private long malformed() {
		ClusterWire wire = this.there.bean(ClusterWire.class);
		return Arrays.stream(FrameKind.values()).mapToLong((kind) -> wire.statistics(kind).malformedFrames()).sum();
	}

	private void receive(byte[] frame) {
		this.there.bean(ClusterWire.class).frameReceived(N1, ByteBuffer.wrap(frame));
	}

}
