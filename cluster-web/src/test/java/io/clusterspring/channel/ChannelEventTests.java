package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the methods of a controller that are for events by pattern.
 */
class ChannelEventTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "shop:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final BlockingQueue<String> patterns = new LinkedBlockingQueue<>();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.interceptBy((call) -> {
			if (call.event() != null) {
				this.patterns.add(call.eventPattern() + " " + call.isKnownEvent());
			}
			return call.proceed();
		});
		this.nodes.start(N1, 1000, List.of(new Shop(), new Till()));
		this.client = this.nodes.connect(N1, null);
	}

	@ParameterizedTest
	@CsvSource({ "item:tea, tea, item:tea true", "item:milk, item item:milk, item:* false",
			"item:hot:milk, hot item:hot:milk, item:hot:* false", "other, all other, * false",
			"item, all item, * false" })
	void eventGoesToTheMostSpecificMethodWithItsName(String event, String reply, String pattern) throws Exception {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", event, "{\"n\":1}");
		this.client.getsReply(TOPIC, "2", "ok", "\"" + reply + "\"");
		assertThat(this.patterns.take()).isEqualTo(pattern);
	}

	@Test
	void patternsDoNotMatchTheEventsOfTheProtocol() {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", "phx_unknown", "{}");
		this.client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
	}

	@Test
	void eventThatNoPatternMatchesCrashesTheChannel() throws Exception {
		this.client.joined("till:1");
		this.client.send("till:1", "2", "cash", "{}");
		this.client.gets("1", "1", "till:1", "phx_error", "{\"reason\":\"channel_crash\"}");
		assertThat(this.patterns.take()).isEqualTo("null false");
	}

	@Test
	void broadcastsAreInterceptedByPatternToo() {
		this.client.joined(TOPIC);
		this.nodes.server(N1).broadcast(TOPIC, "price:tea", Map.of("n", 3));
		this.client.gets("1", null, TOPIC, "price:tea", "{\"of\":\"price:tea\",\"n\":3}");
		this.nodes.server(N1).broadcast(TOPIC, "priceless", Map.of("n", 4));
		this.client.gets(null, null, TOPIC, "priceless", "{\"n\":4}");
	}

	@ChannelController("shop:{id}")
	static class Shop {

		@OnEvent("item:tea")
		String tea() {
			return "tea";
		}

		@OnEvent("item:*")
		String item(@EventName String event, Map<String, Integer> payload) {
			return (payload.get("n") == 1) ? "item " + event : "no payload";
		}

		@OnEvent("item:hot:*")
		String hot(Channel channel, @EventName String event) {
			return "hot " + event;
		}

		@OnEvent("*")
		String all(@EventName String event) {
			return "all " + event;
		}

		@OnBroadcast("price:*")
		Map<String, Object> price(@EventName String event, Map<String, Integer> payload) {
			return Map.of("of", event, "n", Objects.requireNonNull(payload.get("n")));
		}

	}

	@ChannelController("till:{id}")
	static class Till {

		@OnEvent("card:*")
		void card() {
		}

	}

}
