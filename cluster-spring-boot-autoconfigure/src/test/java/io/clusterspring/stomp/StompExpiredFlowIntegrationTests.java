package io.clusterspring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for STOMP sessions that have ended, but whose connections take long to close,
 * because other clients that do not read hold the threads.
 */
class StompExpiredFlowIntegrationTests {

	private static final BlockingQueue<Runnable> closing = new LinkedBlockingQueue<>();

	private static volatile boolean held = true;

	private final LocalNetwork network = new LocalNetwork("stomp-expired-flow");

	private final StompNode node = StompNode.start("n1@127.0.0.1", this.network, App.class);

	@AfterEach
	void stop() {
		held = false;
		closing.forEach(Runnable::run);
		this.node.close();
		this.network.close();
	}

	@Test
	void nothingIsSentAfterTheEndEvenIfTheConnectionIsOpen() throws Exception {
		Client staying = new Client(null);
		Client ending = new Client(Instant.now().plusSeconds(8));
		publish("before");
		await().until(() -> staying.has("before") && ending.has("before"));
		StompExpiry expiry = this.node.bean(StompExpiry.class);
		await().until(() -> expiry.expired() == 1);
		for (int i = 0; i < 20; i++) {
			publish("after" + i);
		}
		await().until(() -> staying.has("after19"));
		assertThat(ending.texts).noneMatch((text) -> text.contains("after"));
		assertThat(ending.closed).isNotDone();
		closing.take().run();
		assertThat(ending.closed.get(1, TimeUnit.MINUTES)).isEqualTo("3000 expired");
	}

	private void publish(String body) {
		this.node.template().convertAndSend("/topic/news", body);
	}

	/**
	 * A client that has subscribed, and says until when it may be connected.
	 */
	private final class Client implements WebSocket.Listener {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final CompletableFuture<String> closed = new CompletableFuture<>();

		Client(@Nullable Instant end) {
			URI uri = URI.create("ws://127.0.0.1:" + StompExpiredFlowIntegrationTests.this.node.port() + "/ws"
					+ ((end != null) ? "?" + end : ""));
			WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
			socket.sendText("CONNECT\naccept-version:1.2\nhost:test\n\n\0", true).join();
			await().until(() -> has("CONNECTED"));
			socket.sendText("SUBSCRIBE\nid:0\ndestination:/topic/news\nreceipt:r\n\n\0", true).join();
			await().until(() -> has("RECEIPT"));
		}

		boolean has(String part) {
			return this.texts.stream().anyMatch((text) -> text.contains(part));
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.texts.add(data.toString());
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.closed.complete(code + " " + reason);
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(StompExpiryIntegrationTests.App.class)
	static class App {

		@Bean(defaultCandidate = false)
		Executor clusterStompClosingExecutor() {
			return (task) -> {
				if (held) {
					closing.add(task);
				}
				else {
					task.run();
				}
			};
		}

	}

}
