package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Channel} on two nodes, used from its handler and from other threads.
 */
class ChannelTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.nodes.start(N2, 1000, List.of(this.room));
	}

	@Test
	void broadcastReachesAllMembersOnAllNodes() {
		Client alice = join(N1);
		Client bob = join(N1);
		Client carol = join(N2);
		alice.send(TOPIC, "2", "say", "{\"text\":\"hi\"}");
		for (Client client : List.of(alice, bob, carol)) {
			client.gets(null, null, TOPIC, "said", "{\"text\":\"hi\"}");
		}
		end(alice, bob, carol);
	}

	@Test
	void broadcastFromLeavesOutTheSenderOnly() {
		Client alice = join(N1);
		Client bob = join(N1);
		Client carol = join(N2);
		alice.send(TOPIC, "2", "say_from", "{\"text\":\"hi\"}");
		for (Client client : List.of(bob, carol)) {
			client.gets(null, null, TOPIC, "said", "{\"text\":\"hi\"}");
		}
		end(alice, bob, carol);
	}

	@Test
	void pushReachesItsClientOnly() {
		Client alice = join(N1);
		Client bob = join(N1);
		alice.send(TOPIC, "2", "push", "{\"text\":\"you\"}");
		alice.gets("1", null, TOPIC, "pushed", "{\"text\":\"you\"}");
		end(alice, bob);
	}

	@Test
	void broadcastFromOutsideReachesTheOtherNode() {
		Client alice = join(N1);
		Client carol = join(N2);
		this.nodes.server(N2).broadcast(TOPIC, "news", Map.of("from", "outside"));
		alice.gets(null, null, TOPIC, "news", "{\"from\":\"outside\"}");
		carol.gets(null, null, TOPIC, "news", "{\"from\":\"outside\"}");
	}

	@Test
	void localBroadcastFromOutsideStaysOnItsNode() {
		Client alice = join(N1);
		Client carol = join(N2);
		this.nodes.server(N2).broadcastLocal(TOPIC, "news", Map.of("from", "outside"));
		carol.gets(null, null, TOPIC, "news", "{\"from\":\"outside\"}");
		this.nodes.server(N2).broadcast(TOPIC, "next", Map.of());
		alice.gets(null, null, TOPIC, "next", "{}");
		carol.gets(null, null, TOPIC, "next", "{}");
	}

	@Test
	void broadcastReachesNobodyInAnotherTopic() {
		Client alice = join(N1);
		Client other = this.nodes.connect(N1, null);
		other.joined("room:2");
		other.send("room:2", "2", "say", "{\"text\":\"hi\"}");
		other.gets(null, null, "room:2", "said", "{\"text\":\"hi\"}");
		end(alice);
	}

	@Test
	void anyThreadMayPushAndClose() throws InterruptedException {
		Client alice = join(N1);
		Channel channel = this.room.last.get();
		Thread thread = new Thread(() -> {
			channel.push("news", Map.of());
			channel.close();
			channel.close();
		});
		thread.start();
		thread.join();
		alice.gets("1", null, TOPIC, "news", "{}");
		alice.gets("1", "1", TOPIC, "phx_close", "{}");
		channel.push("late", Map.of());
		channel.close();
		alice.joined(TOPIC);
		end(alice);
	}

	@Test
	void sendingAPayloadThatIsNotAnObjectThrows() {
		join(N1);
		Channel channel = this.room.last.get();
		for (Object payload : List.of("text", 1, List.of())) {
			assertThatIllegalArgumentException().isThrownBy(() -> channel.push("news", payload))
				.withMessage("The payload of push 'news' is neither binary nor a JSON object");
			assertThatIllegalArgumentException().isThrownBy(() -> channel.broadcast("news", payload));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.nodes.server(N1).broadcast(TOPIC, "news", payload));
		}
	}

	@Test
	void attributesBelongToOneMembership() {
		Client alice = join(N1);
		alice.send(TOPIC, "2", "count", "{}");
		alice.getsReply(TOPIC, "2", "ok", "1");
		alice.send(TOPIC, "3", "count", "{}");
		alice.getsReply(TOPIC, "3", "ok", "2");
		Client bob = join(N1);
		bob.send(TOPIC, "2", "count", "{}");
		bob.getsReply(TOPIC, "2", "ok", "1");
	}

	private Client join(Node node) {
		Client client = this.nodes.connect(node, null);
		client.joined(TOPIC);
		return client;
	}

	/**
	 * Assert that the clients got no other message, by a last one that passes the same
	 * queues.
	 */
	private void end(Client... clients) {
		this.nodes.server(N1).broadcast(TOPIC, "end", Map.of());
		for (Client client : clients) {
			client.gets(null, null, TOPIC, "end", "{}");
		}
	}

	@ChannelController("room:{room}")
	static class Room {

		private final AtomicReference<Channel> last = new AtomicReference<>();

		@OnJoin
		void join(Channel channel, @DestinationVariable String room) {
			assertThat(channel.variables()).isEqualTo(Map.of("room", room));
			this.last.set(channel);
		}

		@OnEvent("say")
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
		}

		@OnEvent("say_from")
		void sayFrom(Channel channel, ChannelPayload payload) {
			channel.broadcastFrom("said", payload);
		}

		@OnEvent("push")
		void push(Channel channel, ChannelPayload payload) {
			channel.push("pushed", payload);
		}

		@OnEvent("count")
		Object count(Channel channel) {
			return channel.attributes().merge("count", 1, (count, one) -> (int) count + (int) one);
		}

	}

}
