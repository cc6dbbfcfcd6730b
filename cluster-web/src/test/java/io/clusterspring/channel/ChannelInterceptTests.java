package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for handlers that intercept broadcasts and get plain payloads.
 */
class ChannelInterceptTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.nodes.start(N2, 1000, List.of(new Room()));
	}

	@Test
	void plainPayloadOfAnotherNodeReachesEachMembersMethodAndNoClient() {
		Client alice = join("alice");
		Client bob = join("bob");
		this.nodes.pubSub(N2).broadcast(TOPIC, List.of(new Notice("closing"), new Notice("soon")));
		await().until(() -> this.room.notices.size() == 2);
		assertThat(this.room.notices).containsExactlyInAnyOrder("alice heard closing, soon", "bob heard closing, soon");
		end(alice, bob);
	}

	@Test
	void plainPayloadPassesChannelsWithoutAMethodForIt() {
		Client client = this.nodes.connect(N1, null);
		this.nodes.start(Node.of("n3@127.0.0.1"), 10, List.of(new Deaf()));
		Client deaf = this.nodes.connect(Node.of("n3@127.0.0.1"), null);
		client.joined(TOPIC);
		deaf.joined(TOPIC);
		this.nodes.pubSub(N2).broadcast(TOPIC, "unreadable for the others");
		client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
		end(deaf);
	}

	@Test
	void interceptedBroadcastIsReplacedOrDroppedForEachMember() {
		Client alice = join("alice");
		Client bob = join("bob");
		this.nodes.server(N2).broadcast(TOPIC, "for", Map.of("user", "alice", "text", "hi"));
		this.nodes.server(N2).broadcast(TOPIC, "for", Map.of("user", "bob", "text", "ho"));
		alice.gets("1", null, TOPIC, "for", "{\"to\":\"alice\",\"text\":\"hi\"}");
		bob.gets("1", null, TOPIC, "for", "{\"to\":\"bob\",\"text\":\"ho\"}");
		end(alice, bob);
	}

	@Test
	void interceptedBroadcastMayPassAsItIs() {
		Client alice = join("alice");
		this.nodes.server(N2).broadcast(TOPIC, "pass", Map.of("number", 1.50));
		alice.gets("1", null, TOPIC, "pass", "{\"number\":1.5}");
		end(alice);
	}

	@Test
	void methodWithoutAValueDropsTheBroadcast() {
		Client alice = join("alice");
		this.nodes.server(N2).broadcast(TOPIC, "drop", Map.of());
		end(alice);
		assertThat(this.room.dropped).containsExactly("alice");
	}

	@Test
	void interceptedBroadcastLeavesOutItsSender() {
		Client alice = join("alice");
		Client bob = join("bob");
		alice.send(TOPIC, "2", "say", "{}");
		bob.gets("1", null, TOPIC, "pass", "{\"from\":\"alice\"}");
		end(alice, bob);
	}

	@Test
	void failingMethodCrashesThatMemberOnly() {
		Client alice = join("alice");
		Client bob = join("bob");
		this.nodes.server(N2).broadcast(TOPIC, "crash", Map.of("user", "alice"));
		alice.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
		end(bob);
	}

	@Test
	void mayPushAndCloseWhileItIntercepts() {
		Client alice = join("alice");
		this.nodes.pubSub(N2).broadcast(TOPIC, List.of(new Notice("leave")));
		alice.gets("1", null, TOPIC, "bye", "{\"text\":\"leave\"}");
		alice.gets("1", "1", TOPIC, "phx_close", "{}");
	}

	private Client join(String user) {
		Client client = this.nodes.connect(N1, () -> user);
		client.joined(TOPIC);
		return client;
	}

	/**
	 * Assert that the clients got no other message, by a last one that passes the same
	 * queues.
	 */
	private void end(Client... clients) {
		this.nodes.server(N2).broadcast(TOPIC, "pass", Map.of("end", true));
		for (Client client : clients) {
			assertThat(client.next()).endsWith("\"room:1\",\"pass\",{\"end\":true}]");
		}
	}

	record Notice(String text) {
	}

	record Personal(String user, @Nullable String text) {
	}

	@ChannelController("room:{room}")
	static class Room {

		private final List<String> notices = new CopyOnWriteArrayList<>();

		private final List<String> dropped = new CopyOnWriteArrayList<>();

		@OnMessage
		void notice(Channel channel, List<Notice> notices) {
			String texts = String.join(", ", notices.stream().map(Notice::text).toList());
			this.notices.add(name(channel) + " heard " + texts);
			if (texts.equals("leave")) {
				channel.push("bye", notices.get(0));
				channel.close();
			}
		}

		@OnBroadcast("for")
		@Nullable Map<String, String> personal(Channel channel, Personal message) {
			return message.user().equals(name(channel)) ? Map.of("to", message.user(), "text", "" + message.text())
					: null;
		}

		@OnBroadcast("pass")
		ChannelPayload pass(ChannelPayload payload) {
			return payload;
		}

		@OnBroadcast("drop")
		void drop(Channel channel) {
			this.dropped.add(name(channel));
		}

		@OnBroadcast("crash")
		@Nullable Object crash(Channel channel, Personal message) {
			if (message.user().equals(name(channel))) {
				throw new IllegalStateException("crash of " + message.user());
			}
			return null;
		}

		@OnEvent("say")
		void say(Channel channel) {
			channel.broadcastFrom("pass", Map.of("from", name(channel)));
		}

		private static String name(Channel channel) {
			return (channel.user() != null) ? channel.user().getName() : "nobody";
		}

	}

	@ChannelController("room:{room}")
	static class Deaf {

	}

}
