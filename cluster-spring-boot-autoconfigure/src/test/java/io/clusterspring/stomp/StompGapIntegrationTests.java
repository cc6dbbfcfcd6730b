package io.clusterspring.stomp;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.messaging.simp.stomp.StompHeaders;

import io.clusterspring.history.HistoryPosition;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.stomp.StompClient.Frame;
import io.clusterspring.stomp.StompClient.Inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for messages of a destination that are gone before the broker gets them, while
 * clients are connected.
 */
@Timeout(120)
class StompGapIntegrationTests {

	private static final int SIZE = 5;

	private static final int BACKLOG = 10;

	private final LocalNetwork network = new LocalNetwork("stomp-gap");

	@Nullable StompNode node;

	@BeforeEach
	void start() {
		this.node = StompNode.start("n1@127.0.0.1", this.network, StompApp.class,
				"--cluster.history.prices.destinations=/topic/prices.*", "--cluster.history.prices.size=" + SIZE,
				"--cluster.pubsub.mailbox-capacity=" + BACKLOG);
	}

	@AfterEach
	void close() {
		this.node.close();
		this.network.close();
	}

	private static Inbox follow(StompClient client, String destination) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.set("cluster-position", "");
		Inbox inbox = client.subscribe(headers);
		await().until(() -> recovered(inbox.only()) != null);
		return inbox;
	}

	private static @Nullable String recovered(Frame frame) {
		return frame.headers().getFirst("cluster-recovered");
	}

	private void publish(int from, int to) {
		IntStream.rangeClosed(from, to)
			.forEach((i) -> this.node.template().convertAndSend("/topic/prices.eur", "m" + i));
	}

	@Test
	void thoseThatAskedAreToldOfMessagesThatAreGone() throws Exception {
		StompClient client = this.node.connect(null);
		Inbox whole = follow(client, "/topic/prices.eur");
		Inbox pattern = follow(client, "/topic/prices.*");
		Inbox other = follow(client, "/topic/prices.usd");
		Inbox silent = client.subscribe("/topic/prices.eur");
		publish(1, 1);
		whole.until("m1");
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		this.node.context().getBean("clusterStompExecutor", Executor.class).execute(() -> {
			busy.countDown();
			try {
				free.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		busy.await();
		int last = 1 + 7 + SIZE + BACKLOG;
		try {
			publish(2, last);
		}
		finally {
			free.countDown();
		}
		for (Inbox inbox : List.of(whole, pattern, silent)) {
			inbox.until("m" + last);
			List<String> got = inbox.payloads().stream().filter((payload) -> !payload.isEmpty()).toList();
			assertThat(got).startsWith("m1", "m9").hasSize(1 + SIZE + BACKLOG);
		}
		for (Inbox inbox : List.of(whole, pattern)) {
			Frame gap = inbox.frames().get(2);
			assertThat(recovered(gap)).isEqualTo("false");
			assertThat(gap.headers().getFirst("cluster-reason")).isEqualTo("gap");
			assertThat(gap.headers().getDestination()).isEqualTo("/topic/prices.eur");
			HistoryPosition position = HistoryPosition.of(gap.headers().getFirst("cluster-position"));
			assertThat(position.origins()).singleElement()
				.satisfies((origin) -> assertThat(position.number(origin)).isEqualTo(8));
			assertThat(inbox.frames().stream().filter((frame) -> recovered(frame) != null)).hasSize(2);
		}
		assertThat(silent.frames()).allMatch((frame) -> recovered(frame) == null);
		assertThat(other.frames()).hasSize(1);
	}

}
