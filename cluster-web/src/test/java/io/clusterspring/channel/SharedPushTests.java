package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.fanout.SharedPush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SharedPush}.
 */
class SharedPushTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	private static final SharedPush STATE = new SharedPush("state", "{\"big\":true}".getBytes());

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
	}

	@Test
	void itComesAfterTheBroadcastsBeforeAndBeforeThoseAfter() {
		Client client = this.nodes.connect(N1, null);
		client.joined(TOPIC);
		this.nodes.deliveries.hold();
		this.nodes.server(N1).broadcast(TOPIC, "one", Map.of());
		this.nodes.server(N1).broadcast(TOPIC, "two", Map.of());
		STATE.to(this.room.channels.get(0));
		this.nodes.server(N1).broadcast(TOPIC, "three", Map.of());
		assertThat(client.connection().isSilent()).isTrue();
		this.nodes.deliveries.release();
		client.gets(null, null, TOPIC, "one", "{}");
		client.gets(null, null, TOPIC, "two", "{}");
		client.gets("1", null, TOPIC, "state", "{\"big\":true}");
		client.gets(null, null, TOPIC, "three", "{}");
	}

	@Test
	void eachVersionAndEachJoinGetsItsOwnFrame() {
		Client first = this.nodes.connect(N1, null);
		first.joined(TOPIC);
		Client second = this.nodes.connect(N1, null);
		second.send("[\"7\",\"7\",\"room:1\",\"phx_join\",{}]");
		second.gets("7", "7", TOPIC, "phx_reply", Client.OK);
		Client old = this.nodes.connect(N1, null, "1.0.0");
		old.send("{\"topic\":\"room:1\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"1\"}");
		assertThat(old.next()).contains("phx_reply");
		this.room.channels.forEach(STATE::to);
		first.gets("1", null, TOPIC, "state", "{\"big\":true}");
		second.gets("7", null, TOPIC, "state", "{\"big\":true}");
		assertThat(old.next())
			.isEqualTo("{\"event\":\"state\",\"payload\":{\"big\":true},\"ref\":null,\"topic\":\"room:1\"}");
	}

	@Test
	void aChannelThatHasEndedGetsNothing() {
		Client client = this.nodes.connect(N1, null);
		client.joined(TOPIC);
		client.send(TOPIC, "2", "phx_leave", "{}");
		client.getsReply(TOPIC, "2", "ok", "{}");
		client.gets("1", "1", TOPIC, "phx_close", "{}");
		STATE.to(this.room.channels.get(0));
		client.heartbeat("3");
	}

	@Test
	void onlyObjectsArePushed() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SharedPush("state", "[1]".getBytes()));
	}

	@ChannelController("room:{room}")
	static class Room {

		private final List<Channel> channels = new CopyOnWriteArrayList<>();

		@OnJoin
		void join(Channel channel) {
			this.channels.add(channel);
		}

	}

}
