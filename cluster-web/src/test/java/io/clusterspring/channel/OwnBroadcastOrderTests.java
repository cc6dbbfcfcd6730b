package io.clusterspring.channel;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.pubsub.ClusterPubSub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the order of a channel's messages: as in Phoenix, its own broadcast reaches
 * the client before its later replies and pushes.
 */
class OwnBroadcastOrderTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, (node) -> this.room);
		this.room.channels = this.nodes.server(N1);
		this.client = this.nodes.connect(N1, null);
		this.client.joined(TOPIC);
	}

	@Test
	void ownBroadcastIsBeforeTheReplyEveryTime() {
		for (int i = 0; i < 1000; i++) {
			this.client.send(TOPIC, "" + i, "shout", "{\"n\":" + i + "}");
			this.client.gets(null, null, TOPIC, "said", "{\"n\":" + i + "}");
			this.client.getsReply(TOPIC, "" + i, "ok", "{}");
		}
	}

	@Test
	void ownBroadcastIsBeforeTheReplyWithManyBroadcastsAndOtherMembers() {
		Client other = this.nodes.connect(N1, null);
		other.joined(TOPIC);
		for (int i = 0; i < 500; i++) {
			this.client.send(TOPIC, "" + i, "shout", "{\"n\":" + i + "}");
		}
		for (int i = 0; i < 500; i++) {
			this.client.gets(null, null, TOPIC, "said", "{\"n\":" + i + "}");
			this.client.getsReply(TOPIC, "" + i, "ok", "{}");
			other.gets(null, null, TOPIC, "said", "{\"n\":" + i + "}");
		}
	}

	@Test
	void ownBroadcastIsBeforePushesAndTheClose() {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "shout_push_close", "{}");
		await().until(() -> this.nodes.pubSub(N1) != null && this.room.said);
		assertThat(this.client.connection().isSilent()).isTrue();
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.gets("1", null, TOPIC, "pushed", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		await().untilAsserted(() -> assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty());
	}

	@Test
	void ownBroadcastIsBeforeTheCrash() {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "shout_crash", "{}");
		await().until(() -> this.room.said);
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
	}

	@Test
	void ownBroadcastIsBeforeTheAnswerToTheLeave() {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "shout", "{}");
		this.client.send(TOPIC, "3", "phx_leave", "{}");
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.getsReply(TOPIC, "3", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
	}

	@Test
	void ownBroadcastComesOnceAndBeforeTheNextJoin() {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "shout", "{}");
		this.client.send("[\"9\",\"9\",\"room:1\",\"phx_join\",{}]");
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("9", "9", TOPIC, "phx_reply", "{\"status\":\"ok\",\"response\":{}}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		this.client.heartbeat("10");
	}

	@Test
	void ownBroadcastIsBeforeALateReply() {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "later", "{}");
		await().until(() -> this.room.said);
		this.room.stage.complete(Map.of());
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
	}

	@Test
	void drainWaitsForRepliesBehindOwnBroadcasts() throws Exception {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "shout", "{}");
		this.nodes.server(N1).drainable().connections().next().drain();
		await().until(() -> this.room.shouts == 1);
		this.nodes.deliveries.release();
		assertThat(this.client.connection().closeCode()).isEqualTo(1012);
		assertThat(this.client.connection().all()).contains("said").contains("\"ok\"");
	}

	@Test
	void broadcastThroughChannelsCountsToo() {
		this.nodes.deliveries.hold();
		this.client.send(TOPIC, "2", "announce", "{}");
		await().until(() -> this.room.said);
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
	}

	@Test
	void interceptedBroadcastComesAfterTheReply() {
		this.client.send(TOPIC, "2", "shout_seen", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", null, TOPIC, "seen", "{}");
	}

	@Test
	void replyWithoutABroadcastDoesNotWaitForThoseOfOthers() {
		this.nodes.deliveries.hold();
		this.nodes.server(N1).broadcast(TOPIC, "said", Map.of());
		this.client.send(TOPIC, "2", "quiet", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.nodes.deliveries.release();
		this.client.gets(null, null, TOPIC, "said", "{}");
	}

	@Test
	void channelRepliesAtOnceAfterItsBroadcastWasDelivered() {
		this.client.send(TOPIC, "2", "shout", "{}");
		this.client.gets(null, null, TOPIC, "said", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		ClusterPubSub topics = (ClusterPubSub) this.nodes.pubSub(N1);
		await().until(() -> topics.statistics().waitingMessages() == 0);
		replyWithoutABroadcastDoesNotWaitForThoseOfOthers();
	}

	@Test
	void tooManyRepliesBehindOwnBroadcastsCloseTheSocket() throws Exception {
		this.nodes.deliveries.hold();
		for (int i = 0; i < 1100; i++) {
			int number = i;
			this.client.send(TOPIC, "" + i, "shout", "{}");
			await().pollInterval(java.time.Duration.ofMillis(1))
				.until(() -> this.room.shouts > number || this.client.connection().isClosed());
		}
		assertThat(this.client.connection().closeCode()).isEqualTo(1008);
		this.nodes.deliveries.release();
	}

	@ChannelController("room:{room}")
	static class Room {

		private final CompletableFuture<Object> stage = new CompletableFuture<>();

		private volatile boolean said;

		private volatile int shouts;

		private Channels channels;

		@OnEvent("shout")
		Reply shout(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
			this.shouts = this.shouts + 1;
			return Reply.ok();
		}

		@OnEvent("shout_push_close")
		Reply shoutPushClose(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
			channel.push("pushed", payload);
			channel.close();
			this.said = true;
			return Reply.ok();
		}

		@OnEvent("shout_crash")
		void shoutCrash(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
			this.said = true;
			throw new IllegalStateException("after the broadcast");
		}

		@OnEvent("later")
		CompletableFuture<Object> later(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
			this.said = true;
			return this.stage;
		}

		@OnEvent("announce")
		Reply announce(Channel channel, ChannelPayload payload) {
			this.channels.broadcast(channel.topic(), "said", payload);
			this.said = true;
			return Reply.ok();
		}

		@OnEvent("shout_seen")
		Reply shoutSeen(Channel channel, ChannelPayload payload) {
			channel.broadcast("seen", payload);
			return Reply.ok();
		}

		@OnBroadcast("seen")
		@Nullable ChannelPayload seen(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("quiet")
		Reply quiet() {
			return Reply.ok();
		}

	}

}
