package io.clusterspring.samples.chat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import kotlin.Unit;
import okhttp3.OkHttpClient;
import org.phoenixframework.Channel;
import org.phoenixframework.Defaults;
import org.phoenixframework.Push;
import org.phoenixframework.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One channel of {@code com.github.dsrees:JavaPhoenixClient}, which splits messages at
 * commas.
 */
final class JavaClient implements AutoCloseable {

	private static final long TIMEOUT_MILLIS = 30_000;

	/** The payloads of {@code shouted}, in their order. */
	final List<Map<String, Object>> heard = new CopyOnWriteArrayList<>();

	private final Socket socket;

	private Channel channel;

	JavaClient(int port) {
		this(port, Map.of());
	}

	private JavaClient(int port, Map<String, Object> params) {
		this.socket = new Socket("ws://127.0.0.1:" + port + "/socket/websocket", params, "2.0.0",
				Defaults.INSTANCE.getEncode(), Defaults.INSTANCE.getDecode(), new OkHttpClient());
		this.socket.connect();
	}

	/**
	 * Test echo and broadcasts between two nodes.
	 */
	static void talk(int port, int otherPort) {
		try (JavaClient one = new JavaClient(port); JavaClient other = new JavaClient(otherPort)) {
			one.join("any:java");
			other.join("any:java");
			assertThat(one.ask("echo", Map.of("text", "späße, {\"a\": [1]} 🎈"))).containsEntry("text",
					"späße, {\"a\": [1]} 🎈");
			for (int i = 0; i < 100; i++) {
				assertThat(one.ask("shout", Map.of("n", i))).isEmpty();
			}
			ChatNode.eventually().untilAsserted(() -> assertThat(other.heard).hasSize(100));
			for (int i = 0; i < 100; i++) {
				assertThat(other.heard.get(i)).containsEntry("n", (double) i);
			}
			one.leave();
			other.ask("shout", Map.of("n", 100));
			ChatNode.eventually().untilAsserted(() -> assertThat(other.heard).hasSize(101));
			assertThat(one.heard).hasSize(100);
		}
	}

	/**
	 * Test a client that is away while another one sends.
	 */
	static void catchUp(int port, int otherPort) {
		try (JavaClient one = new JavaClient(port, Map.of("id", "java-history"));
				JavaClient other = new JavaClient(otherPort)) {
			JavaPosition position = new JavaPosition();
			one.socket.onMessage((message) -> {
				position.heard(message);
				if (position.isKnown()) {
					one.channel.setParams(position.params());
				}
				return Unit.INSTANCE;
			});
			one.join("any:java-history", position.params());
			other.join("any:java-history");
			other.shout(0, 10);
			ChatNode.eventually().until(() -> one.heard.size() == 10);
			one.socket.setReconnectAfterMs((tries) -> 2000L);
			one.channel.push("kick", Map.of(), TIMEOUT_MILLIS);
			ChatNode.eventually().until(() -> !one.socket.isConnected());
			other.shout(10, 60);
			ChatNode.eventually().untilAsserted(() -> assertThat(position.answers()).containsExactly(null, true));
			other.shout(60, 70);
			ChatNode.eventually().until(() -> one.heard.size() >= 70);
			assertThat(one.heard).extracting((payload) -> payload.get("n"))
				.isEqualTo(IntStream.range(0, 70).mapToObj(Double::valueOf).toList());
		}
	}

	private void shout(int from, int to) {
		for (int i = from; i < to; i++) {
			assertThat(ask("shout", Map.of("n", i))).isEmpty();
		}
	}

	void join(String topic) {
		join(topic, Map.of());
	}

	private void join(String topic, Map<String, Object> params) {
		this.channel = this.socket.channel(topic, params);
		this.channel.on("shouted", (message) -> {
			this.heard.add(message.getPayload());
			return Unit.INSTANCE;
		});
		reply(this.channel.join(TIMEOUT_MILLIS));
	}

	Map<String, Object> ask(String event, Map<String, Object> payload) {
		return reply(this.channel.push(event, payload, TIMEOUT_MILLIS));
	}

	void leave() {
		reply(this.channel.leave(TIMEOUT_MILLIS));
	}

	private static Map<String, Object> reply(Push push) {
		CompletableFuture<Map<String, Object>> reply = new CompletableFuture<>();
		push.receive("ok", (message) -> {
			reply.complete(message.getPayload());
			return Unit.INSTANCE;
		});
		push.receive("error", (message) -> {
			reply.completeExceptionally(new IllegalStateException("error " + message.getPayload()));
			return Unit.INSTANCE;
		});
		return reply.orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).join();
	}

	@Override
	public void close() {
		this.socket.disconnect(1000, null, () -> Unit.INSTANCE);
	}

}
