package io.clusterspring.channel;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.pubsub.TopicMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a plain {@link ChannelHandler}, without annotations.
 */
class ChannelHandlerTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(), ChannelRoute.of("plain:{id}", new Plain()),
				ChannelRoute.of("bare:*", new Bare()));
		this.client = this.nodes.connect(N1, () -> "alice");
	}

	@Test
	void handlesJoinsAndEvents() {
		this.client.join("plain:7", "{\"name\":\"me\"}");
		this.client.getsReply("plain:7", "1", "ok", "{\"id\":\"7\",\"user\":\"alice\",\"payload\":{\"name\":\"me\"}}");
		this.client.send("plain:7", "2", "shout", "{\"digits\":1.500}");
		assertThat(this.client.next()).as("digit for digit").contains("[\"shout\",{\"digits\":1.500}]");
	}

	@Test
	void interceptsTheBroadcastsItAsksFor() {
		this.client.join("plain:7");
		this.client.next();
		this.nodes.server(N1).broadcast("plain:7", "secret", Map.of("text", "hidden"));
		this.nodes.server(N1).broadcast("plain:7", "open", Map.of("text", "seen"));
		this.client.gets(null, null, "plain:7", "open", "{\"text\":\"seen\"}");
		this.nodes.server(N1).broadcast("plain:7", "marked", Map.of("text", "hi"));
		this.client.gets("1", null, "plain:7", "marked", "{\"marked\":\"hi\"}");
	}

	@Test
	void hearsPlainMessages() {
		this.client.join("plain:7");
		this.client.next();
		this.nodes.pubSub(N1).broadcast("plain:7", "a plain text");
		this.client.gets("1", null, "plain:7", "heard", "{\"text\":\"a plain text\"}");
	}

	@Test
	void needsNoMoreThanTwoMethods() {
		this.client.joined("bare:1");
		this.nodes.pubSub(N1).broadcast("bare:1", "not for clients");
		this.nodes.server(N1).broadcast("bare:1", "news", Map.of());
		this.client.gets(null, null, "bare:1", "news", "{}");
		this.client.send("bare:1", "2", "quiet", "{}");
		this.client.send("bare:1", "3", "phx_leave", "{}");
		this.client.getsReply("bare:1", "3", "ok", "{}");
	}

	private static class Bare extends SilentHandler {

		@Override
		public void onMessage(Channel channel, TopicMessage message) {
			throw new IllegalStateException("never asked for " + message);
		}

	}

	private static final class Plain implements ChannelHandler {

		@Override
		public Reply onJoin(Channel channel, ChannelPayload payload) {
			return Reply
				.ok(Map.of("id", channel.variables().get("id"), "user", channel.user().getName(), "payload", payload));
		}

		@Override
		public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
			return Reply.ok(List.of(event, payload));
		}

		@Override
		public boolean intercepts(String event) {
			return !event.equals("open");
		}

		@Override
		public Object onBroadcast(Channel channel, String event, ChannelPayload payload) {
			return event.equals("marked") ? Map.of("marked", payload.as(Map.class).get("text")) : null;
		}

		@Override
		public boolean hearsMessages() {
			return true;
		}

		@Override
		public void onMessage(Channel channel, TopicMessage message) {
			channel.push("heard", Map.of("text", message.payload(String.class)));
		}

	}

}
