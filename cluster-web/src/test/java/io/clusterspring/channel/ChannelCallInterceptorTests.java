package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.controller.ChannelControllers;
import io.clusterspring.pubsub.JacksonPayloadCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelCallInterceptor}.
 */
class ChannelCallInterceptorTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

	@Test
	void wrapsEveryCallOfTheHandler() throws Exception {
		Client client = start((call) -> {
			Object result = call.proceed();
			this.calls.add(call.type() + " " + call.event() + " on " + call.channel().topic());
			return result;
		});
		client.joined("desk:1");
		client.send("desk:1", "2", "ring", "{}");
		client.getsReply("desk:1", "2", "ok", "\"rung\"");
		client.gets("1", null, "desk:1", "rang", "{}");
		this.nodes.pubSub(N1).broadcast("desk:1", Map.of());
		client.gets("1", null, "desk:1", "heard", "{}");
		client.close();
		assertThat(calls(5)).containsExactly("JOIN null on desk:1", "EVENT ring on desk:1", "BROADCAST rang on desk:1",
				"MESSAGE null on desk:1", "LEAVE null on desk:1");
	}

	@Test
	void theFirstIsOutermost() throws Exception {
		Client client = start((call) -> {
			this.calls.add("a");
			Object result = call.proceed();
			this.calls.add("c");
			return result;
		}, (call) -> {
			this.calls.add("b");
			return call.proceed();
		});
		client.joined("desk:1");
		assertThat(calls(3)).containsExactly("a", "b", "c");
	}

	@Test
	void mayAnswerInPlaceOfTheHandler() {
		Client client = start((call) -> "ring".equals(call.event()) ? Reply.refuse("busy") : call.proceed());
		client.joined("desk:1");
		client.send("desk:1", "2", "ring", "{}");
		client.getsReply("desk:1", "2", "error", "{\"reason\":\"busy\"}");
	}

	@Test
	void exceptionOfAnInterceptorCrashesTheChannel() {
		Client client = start((call) -> {
			if ("ring".equals(call.event())) {
				throw new IllegalStateException("intercepted");
			}
			return call.proceed();
		});
		client.joined("desk:1");
		client.send("desk:1", "2", "ring", "{}");
		client.gets("1", "1", "desk:1", "phx_error", "{\"reason\":\"channel_crash\"}");
	}

	@Test
	void withoutInterceptorsTheHandlerIsNotWrapped() {
		ChannelHandler handler = new ChannelControllers(null, new JacksonPayloadCodec(JsonMapper.shared()))
			.routes(beans())
			.get(0)
			.handler();
		ChannelRoute route = ChannelRoute.of("desk:{number}", handler);
		assertThat(route.around(List.of()).handler()).isSameAs(handler);
		assertThat(route.around(List.of(ChannelCall::proceed)).handler()).isNotSameAs(handler);
	}

	private Client start(ChannelCallInterceptor... interceptors) {
		this.nodes.interceptBy(interceptors);
		this.nodes.start(N1, 10, List.of(new Desk()));
		return this.nodes.connect(N1, null);
	}

	private static StaticListableBeanFactory beans() {
		return new StaticListableBeanFactory(Map.of("desk", new Desk()));
	}

	private List<@Nullable String> calls(int count) throws InterruptedException {
		List<@Nullable String> result = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			result.add(this.calls.poll(10, TimeUnit.SECONDS));
		}
		return result;
	}

	@ChannelController("desk:{number}")
	static class Desk {

		@OnEvent("ring")
		String ring(Channel channel) {
			channel.broadcast("rang", Map.of());
			return "rung";
		}

		@OnBroadcast("rang")
		ChannelPayload rang(ChannelPayload payload) {
			return payload;
		}

		@OnMessage
		void heard(Channel channel, Map<String, Object> message) {
			channel.push("heard", message);
		}

		@OnLeave
		void leave() {
		}

	}

}
