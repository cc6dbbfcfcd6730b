package io.clusterspring.channel;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.drain.Drainable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for draining: a socket gets all of its messages before it is closed.
 */
class ChannelDrainTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private final ChannelNodes nodes = new ChannelNodes();

	private final CountDownLatch holding = new CountDownLatch(1);

	private Drainable drainable;

	@BeforeEach
	void start() {
		this.nodes.start(N1, ChannelNodes.settings(100, 10, 1000, 0, 0, 0), List.of(new Room()));
		this.drainable = this.nodes.server(N1).drainable();
	}

	@AfterEach
	void stop() {
		this.holding.countDown();
		this.nodes.close();
	}

	@Test
	void idleSocketIsClosedAtOnceWithoutAMessage() throws Exception {
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		assertThat(this.drainable.size()).isEqualTo(1);
		drain();
		assertThat(client.connection().closeCode()).isEqualTo(1012);
		assertThat(client.connection().all()).isEmpty();
		await().untilAsserted(() -> assertThat(this.drainable.size()).isZero());
		await().untilAsserted(() -> assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty());
	}

	@Test
	void waitingMessagesAreHandledBeforeTheSocketIsClosed() throws Exception {
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.joined("room:b");
		client.send("room:a", "2", "hold", "{}");
		for (int i = 0; i < 50; i++) {
			client.send("room:a", "m" + i, "echo", "{}");
		}
		client.send("room:b", "3", "echo", "{}");
		client.getsReply("room:b", "3", "ok", "{}");
		drain();
		drain();
		assertThat(client.connection().isClosed()).isFalse();
		this.holding.countDown();
		for (int i = 0; i < 50; i++) {
			client.getsReply("room:a", "m" + i, "ok", "{}");
		}
		assertThat(client.connection().closeCode()).isEqualTo(1012);
	}

	@Test
	void socketWhoseHandlerDoesNotEndCanBeClosedAllTheSame() throws Exception {
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.send("room:a", "2", "hold", "{}");
		drain();
		this.drainable.connections().forEachRemaining(Drainable.Connection::close);
		assertThat(client.connection().closeCode()).isEqualTo(1012);
	}

	@Test
	void handshakesAreRefusedMeanwhile() {
		SocketRequest request = ChannelNodes.request(Map.of("vsn", "2.0.0"), null);
		this.drainable.setAccepting(false);
		assertThat(this.nodes.server(N1).connect(request)).isEqualTo(SocketRefusal.STOPPING);
		this.drainable.setAccepting(true);
		assertThat(this.nodes.server(N1).connect(request)).isInstanceOf(AcceptedSocket.class);
	}

	private void drain() {
		Iterator<? extends Drainable.Connection> connections = this.drainable.connections();
		connections.forEachRemaining(Drainable.Connection::drain);
	}

	@ChannelController("room:{room}")
	class Room {

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("hold")
		void hold() throws InterruptedException {
			ChannelDrainTests.this.holding.await();
		}

	}

}
