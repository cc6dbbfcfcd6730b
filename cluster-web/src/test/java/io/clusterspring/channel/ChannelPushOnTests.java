package io.clusterspring.channel;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Channel#pushOn}.
 */
class ChannelPushOnTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "control";

	private static final String DOCUMENT = "doc:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Control control = new Control();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.control));
		this.client = this.nodes.connect(N1, null);
	}

	@Test
	void clientGetsAMessageOnATopicThatItHasNotJoinedAndNobodyElseDoes() {
		Client other = this.nodes.connect(N1, null);
		other.joined(TOPIC);
		other.gets(null, null, DOCUMENT, "hello", "{}");
		this.client.joined(TOPIC);
		this.client.gets(null, null, DOCUMENT, "hello", "{}");
		this.control.channel.pushOn(DOCUMENT, "data", Map.of("n", 1));
		this.client.gets(null, null, DOCUMENT, "data", "{\"n\":1}");
		this.client.send(DOCUMENT, "2", "answer", "{}");
		this.client.gets(null, "2", DOCUMENT, "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		other.heartbeat("9");
	}

	@Test
	void orderWithThePushesAndBroadcastsOfTheChannelIsKept() {
		this.client.joined(TOPIC);
		this.client.gets(null, null, DOCUMENT, "hello", "{}");
		this.client.send(TOPIC, "2", "all", "{}");
		this.client.gets(null, null, TOPIC, "first", "{}");
		this.client.gets(null, null, DOCUMENT, "second", "{}");
		this.client.gets("1", null, TOPIC, "third", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
	}

	@Test
	void clientOfVersion1GetsItAsWell() {
		Client old = this.nodes.connect(N1, null, "1.0.0");
		old.send("{\"topic\":\"control\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"1\"}");
		assertThat(old.next()).contains("\"status\":\"ok\"");
		assertThat(old.next()).isEqualTo("{\"event\":\"hello\",\"payload\":{},\"ref\":null,\"topic\":\"doc:1\"}");
		this.control.channel.pushOn(DOCUMENT, "bytes", new byte[] { 1 });
		old.heartbeat("9");
	}

	@Test
	void bytesAreSentAsABinaryBroadcast() {
		this.client.joined(TOPIC);
		this.client.gets(null, null, DOCUMENT, "hello", "{}");
		this.control.channel.pushOn(DOCUMENT, "bytes", new byte[] { 7 });
		// broadcast, lengths of topic and event, these, the payload
		assertThat(this.client.next()).isEqualTo("binary 02" + "0505" + "646f633a31" + "6279746573" + "07");
	}

	@Test
	void nothingIsSentAfterTheEnd() {
		this.client.joined(TOPIC);
		this.client.gets(null, null, DOCUMENT, "hello", "{}");
		this.client.send(TOPIC, "2", "phx_leave", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		this.control.channel.pushOn(DOCUMENT, "late", Map.of());
		this.client.heartbeat("9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\ud83d" })
	void topicThatCannotBeSentIsRefused(String topic) {
		this.client.joined(TOPIC);
		this.client.gets(null, null, DOCUMENT, "hello", "{}");
		Channel channel = this.control.channel;
		assertThatIllegalArgumentException().isThrownBy(() -> channel.pushOn(topic, "data", Map.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> channel.pushOn("x".repeat(256), "data", Map.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> channel.pushOn(DOCUMENT, "data", List.of()));
	}

	@ChannelController("control")
	static class Control {

		private volatile Channel channel;

		@OnJoin
		void join(Channel channel) {
			this.channel = channel;
			channel.pushOn(DOCUMENT, "hello", Map.of());
		}

		@OnEvent("all")
		Reply all(Channel channel) {
			channel.broadcast("first", Map.of());
			channel.pushOn(DOCUMENT, "second", Map.of());
			channel.push("third", Map.of());
			return Reply.ok();
		}

	}

}
