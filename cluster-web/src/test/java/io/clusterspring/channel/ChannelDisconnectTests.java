package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Channels#disconnect}.
 */
class ChannelDisconnectTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private final BlockingQueue<String> left = new LinkedBlockingQueue<>();

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes((request) -> {
		String user = request.parameter("user");
		return (user != null) ? SocketAuthorization.accept().withId("user_socket:" + user)
				: SocketAuthorization.accept();
	});

	@BeforeEach
	void start() {
		this.nodes.start(N1, 10, List.of(new Anything(this.left)));
		this.nodes.start(N2, 10, List.of(new Anything(this.left)));
	}

	@Test
	void closesTheSocketsOfTheIdOnAllNodesAndNoOthers() throws Exception {
		Client here = connect(N1, "42");
		Client too = connect(N1, "42");
		Client there = connect(N2, "42");
		Client other = connect(N2, "43");
		Client nameless = this.nodes.connect(N2, null);
		nameless.joined("any:1");
		this.nodes.server(N1).disconnect("user_socket:42");
		assertThat(here.connection().closeCode()).isEqualTo(1001);
		assertThat(too.connection().closeCode()).isEqualTo(1001);
		assertThat(there.connection().closeCode()).isEqualTo(1001);
		this.nodes.server(N1).broadcast("any:1", "still", Map.of());
		other.gets(null, null, "any:1", "still", "{}");
		nameless.gets(null, null, "any:1", "still", "{}");
		assertThat(other.connection().isClosed()).isFalse();
		assertThat(nameless.connection().isClosed()).isFalse();
	}

	@Test
	void closesTheSocketsOfAUserOnAllNodesAndNoOthers() throws Exception {
		Client here = connectAs(N1, "ann");
		Client there = connectAs(N2, "ann");
		Client other = connectAs(N2, "bob");
		Client nameless = this.nodes.connect(N2, null);
		nameless.joined("any:1");
		this.nodes.server(N1).disconnectUser("ann");
		assertThat(here.connection().closeCode()).isEqualTo(1001);
		assertThat(there.connection().closeCode()).isEqualTo(1001);
		this.nodes.server(N1).broadcast("any:1", "still", Map.of());
		other.gets(null, null, "any:1", "still", "{}");
		nameless.gets(null, null, "any:1", "still", "{}");
		assertThat(other.connection().isClosed()).isFalse();
		assertThat(nameless.connection().isClosed()).isFalse();
	}

	@Test
	void socketThatWasAuthorizedBeforeADisconnectIsClosedWhenItOpens() throws Exception {
		for (Node node : List.of(N1, N2)) {
			RecordingConnection connection = new RecordingConnection();
			AcceptedSocket user = accept(node, "dan");
			AcceptedSocket id = accept(node, null);
			Client witness = connectAs(node, "dan");
			this.nodes.server(N1).disconnectUser("dan");
			this.nodes.server(N1).disconnect("user_socket:44");
			assertThat(witness.connection().closeCode()).isEqualTo(1001);
			SocketSession opened = user.open(connection);
			assertThat(connection.closeCode()).isEqualTo(1001);
			opened.received(ByteBuffer.wrap("[\"1\",\"1\",\"any:1\",\"phx_join\",{}]".getBytes()));
			assertThat(connection.isSilent()).isTrue();
			RecordingConnection other = new RecordingConnection();
			id.open(other);
			assertThat(other.closeCode()).isEqualTo(1001);
			assertThat(connectAs(node, "dan").connection().isClosed()).as("a later request").isFalse();
		}
	}

	private AcceptedSocket accept(Node node, String user) {
		return (AcceptedSocket) this.nodes.server(node)
			.connect(
					ChannelNodes.request((user != null) ? Map.of("vsn", "2.0.0") : Map.of("vsn", "2.0.0", "user", "44"),
							(user != null) ? () -> user : null));
	}

	private Client connectAs(Node node, String user) {
		Client client = this.nodes.connect(node, () -> user);
		client.joined("any:1");
		return client;
	}

	@Test
	void endsTheChannelsWithoutAMessageToTheClient() throws Exception {
		Client client = connect(N2, "42");
		this.nodes.server(N1).disconnect("user_socket:42");
		assertThat(this.left.poll(10, TimeUnit.SECONDS)).isEqualTo("any:1 of user_socket:42");
		assertThat(client.connection().closeCode()).isEqualTo(1001);
		assertThat(client.connection().isSilent()).isTrue();
		client.send("any:1", "2", "say", "{}");
		assertThat(client.connection().isSilent()).isTrue();
	}

	@Test
	void socketThatClosesIsForgotten() throws Exception {
		connect(N1, "42").close();
		Client kicked = connect(N1, "43");
		this.nodes.server(N1).disconnect("user_socket:43");
		kicked.connection().closeCode();
		assertThat(this.left.poll(10, TimeUnit.SECONDS)).isNotNull();
		assertThat(this.left.poll(10, TimeUnit.SECONDS)).isNotNull();
		await().untilAsserted(() -> assertThat(ChannelLeaks.sockets(this.nodes.server(N1))).isEmpty());
		await().untilAsserted(() -> assertThat(ChannelLeaks.revocable(this.nodes.server(N1))).isEmpty());
	}

	@Test
	void clientCannotForgeADisconnect() {
		Client victim = connect(N1, "42");
		Client forger = connect(N1, "43");
		forger.joined("cluster:disconnect");
		forger.joined("user_socket:42");
		forger.send("user_socket:42", "2", "disconnect", "{}");
		forger.gets(null, null, "user_socket:42", "disconnect", "{}");
		this.nodes.server(N1).broadcast("cluster:disconnect", "disconnect", Map.of("id", "user_socket:42"));
		forger.gets(null, null, "cluster:disconnect", "disconnect", "{\"id\":\"user_socket:42\"}");
		this.nodes.pubSub(N1).broadcast("cluster:disconnect", "user_socket:42");
		forger.send("any:1", "3", "say", "{}");
		victim.gets(null, null, "any:1", "say", "{}");
		assertThat(victim.connection().isClosed()).isFalse();
	}

	@Test
	void idMustNotBeEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.nodes.server(N1).disconnect(""));
		assertThatIllegalArgumentException().isThrownBy(() -> this.nodes.server(N1).disconnectUser(""));
		assertThatIllegalArgumentException().isThrownBy(() -> SocketAuthorization.accept().withId(""));
	}

	private Client connect(Node node, String user) {
		Client client = this.nodes.open(node, ChannelNodes.request(Map.of("vsn", "2.0.0", "user", user), null));
		client.joined("any:1");
		return client;
	}

	@ChannelController("*")
	static class Anything {

		private final BlockingQueue<String> left;

		Anything(BlockingQueue<String> left) {
			this.left = left;
		}

		@OnEvent({ "say", "disconnect" })
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast(channel.topic().startsWith("any") ? "say" : "disconnect", payload);
		}

		@OnLeave
		void leave(Channel channel) {
			this.left.add(channel.topic() + " of " + channel.socketId());
		}

	}

}
