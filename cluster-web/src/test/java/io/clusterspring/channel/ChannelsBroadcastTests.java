package io.clusterspring.channel;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for broadcasts to the clients of one node, and to all but one socket.
 */
class ChannelsBroadcastTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:1";

	private static final String OTHER = "room:2";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client sender;

	private Client near;

	private Client far;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.nodes.start(N2, 1000, List.of(new Room()));
		this.near = this.nodes.connect(N1, null);
		this.near.joined(TOPIC);
		this.far = this.nodes.connect(N2, null);
		this.far.joined(TOPIC);
		this.sender = this.nodes.connect(N1, null);
		this.sender.joined(TOPIC);
	}

	@Test
	void broadcastFromReachesAllButTheSocketOfTheChannel() {
		Channels channels = this.nodes.server(N1);
		channels.broadcastFrom(this.room.last, TOPIC, "said", Map.of("n", 1));
		channels.broadcast(TOPIC, "end", Map.of());
		gets(this.near, "said");
		gets(this.far, "said");
		gets(this.near, "end");
		gets(this.far, "end");
		gets(this.sender, "end");
	}

	@Test
	void channelOfAnotherTopicNamesTheSocketAsWell() {
		Channels channels = this.nodes.server(N1);
		this.sender.joined(OTHER);
		Channel other = this.room.last;
		channels.broadcastFrom(other, TOPIC, "said", Map.of("n", 1));
		channels.broadcast(TOPIC, "end", Map.of());
		gets(this.near, "said");
		gets(this.far, "said");
		gets(this.sender, "end");
	}

	@Test
	void socketThatHasNotJoinedTheTopicExcludesNobody() {
		Channels channels = this.nodes.server(N1);
		Client guest = this.nodes.connect(N1, null);
		guest.joined(OTHER);
		channels.broadcastFrom(this.room.last, TOPIC, "said", Map.of("n", 1));
		gets(this.near, "said");
		gets(this.far, "said");
		gets(this.sender, "said");
		channels.broadcastLocalFrom(this.room.last, TOPIC, "here", Map.of("n", 1));
		gets(this.near, "here");
		gets(this.sender, "here");
	}

	@Test
	void localBroadcastsReachThisNodeOnly() {
		Channels channels = this.nodes.server(N1);
		channels.broadcastLocal(TOPIC, "all", Map.of("n", 1));
		channels.broadcastLocalFrom(this.room.last, TOPIC, "others", Map.of("n", 1));
		channels.broadcast(TOPIC, "end", Map.of());
		gets(this.near, "all");
		gets(this.near, "others");
		gets(this.near, "end");
		gets(this.sender, "all");
		gets(this.sender, "end");
		gets(this.far, "end");
	}

	@Test
	void handlerBroadcastsOnItsNodeAndItsReplyFollows() {
		this.sender.send(TOPIC, "2", "local", "{}");
		gets(this.sender, "all");
		this.sender.getsReply(TOPIC, "2", "ok", "\"done\"");
		gets(this.near, "all");
		gets(this.near, "others");
		this.nodes.server(N1).broadcast(TOPIC, "end", Map.of());
		gets(this.far, "end");
	}

	@Test
	void foreignChannelIsRefused() {
		Channel foreign = (Channel) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Channel.class }, (proxy, method, args) -> null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.nodes.server(N1).broadcastFrom(foreign, TOPIC, "said", Map.of()));
	}

	private static void gets(Client client, String event) {
		client.gets(null, null, TOPIC, event, event.equals("end") ? "{}" : "{\"n\":1}");
	}

	@ChannelController("room:{room}")
	static class Room {

		private volatile Channel last;

		@OnJoin
		void join(Channel channel) {
			this.last = channel;
		}

		@OnEvent("local")
		String local(Channel channel) {
			channel.broadcastLocal("all", Map.of("n", 1));
			channel.broadcastLocalFrom("others", Map.of("n", 1));
			return "done";
		}

	}

}
