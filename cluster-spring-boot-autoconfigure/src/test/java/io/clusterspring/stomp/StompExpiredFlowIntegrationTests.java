package io.clusterspring.stomp;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.autoconfigure.TextClient;
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
		TextClient staying = open(null);
		TextClient ending = open(Instant.now().plusSeconds(8));
		publish("before");
		await().until(() -> staying.hasReceived("before") && ending.hasReceived("before"));
		StompExpiry expiry = this.node.bean(StompExpiry.class);
		await().until(() -> expiry.expired() == 1);
		for (int i = 0; i < 20; i++) {
			publish("after" + i);
		}
		await().until(() -> staying.hasReceived("after19"));
		assertThat(ending.hasReceived("after")).isFalse();
		assertThat(ending.closed()).isNotDone();
		closing.take().run();
		assertThat(ending.closed().get(1, TimeUnit.MINUTES)).isEqualTo("3000 expired");
	}

	private void publish(String body) {
		this.node.template().convertAndSend("/topic/news", body);
	}

	/** Open a client that has subscribed, and says until when it may be connected. */
	private TextClient open(@Nullable Instant end) {
		TextClient client = TextClient.stomp(this.node.port(), "/ws" + ((end != null) ? "?" + end : ""));
		client.send("SUBSCRIBE\nid:0\ndestination:/topic/news\nreceipt:r\n\n\0");
		client.await("RECEIPT");
		return client;
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
