package io.clusterspring.channel;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.HandlerLimits;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.mailbox.Bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the requests that authorizers decide about when a socket refreshes its right.
 */
class ChannelRefreshRequestTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final ClientHttpSession SESSION = new ClientHttpSession("id", Map.of("cart", "7"));

	private final Queue<SocketRequest> requests = new ConcurrentLinkedQueue<>();

	private final CountDownLatch held = new CountDownLatch(ChannelNodes.HANDLER_THREADS);

	private final CountDownLatch release = new CountDownLatch(1);

	private final ChannelNodes nodes = new ChannelNodes(this::authorize);

	@BeforeEach
	void start() {
		this.nodes.start(N1, 10, List.of(new Room()));
	}

	@AfterEach
	void close() {
		this.release.countDown();
		this.nodes.close();
	}

	private SocketAuthorization authorize(SocketRequest request) throws Exception {
		this.requests.add(request);
		if ("slow".equals(request.authToken())) {
			this.held.countDown();
			assertThat(this.release.await(2, TimeUnit.MINUTES)).isTrue();
		}
		return SocketAuthorization.accept().until(Instant.now().plusSeconds(300));
	}

	@Test
	void refreshHasTheHttpSessionOfTheHandshake() {
		Client client = connect(SESSION);
		refresh(client, "new");
		assertThat(client.next()).contains("\"status\":\"ok\"");
		assertThat(this.requests).extracting(SocketRequest::session).containsExactly(SESSION, SESSION);
		assertThat(this.requests).extracting(SocketRequest::authToken).containsExactly(null, "new");
	}

	@Test
	void refreshThatWaitsForAThreadIsForgottenWhenItsSocketCloses() throws Exception {
		for (int i = 0; i < ChannelNodes.HANDLER_THREADS; i++) {
			refresh(connect(null), "slow");
		}
		assertThat(this.held.await(1, TimeUnit.MINUTES)).isTrue();
		WeakReference<SocketSession> closed = closedWhileItRefreshes();
		await().until(() -> {
			System.gc();
			return closed.get() == null;
		});
		this.release.countDown();
		Client other = connect(null);
		refresh(other, "other");
		assertThat(other.next()).contains("\"status\":\"ok\"");
		assertThat(this.requests).extracting(SocketRequest::authToken).doesNotContain("gone");
	}

	@Test
	void refreshesThatWaitForSlowAuthorizersAreSeen() throws Exception {
		this.nodes.start(N2, ChannelNodes.settings(10, HandlerLimits.DEFAULT.forThreads(ChannelNodes.HANDLER_THREADS)),
				List.of(new Room()));
		Bulkhead refreshes = this.nodes.server(N2)
			.bulkheads()
			.stream()
			.filter((each) -> each.name().equals("Refreshes of sockets"))
			.findFirst()
			.orElseThrow();
		for (int i = 0; i < refreshes.limit() + 2; i++) {
			refresh(connect(N2, null), "slow");
		}
		await().until(() -> refreshes.waiting() == 2);
		assertThat(refreshes.longestWait()).isPositive();
	}

	private WeakReference<SocketSession> closedWhileItRefreshes() {
		Client client = connect(null);
		refresh(client, "gone");
		client.close();
		return new WeakReference<>(client.session());
	}

	private static void refresh(Client client, String token) {
		client.send("[null,\"r\",\"phoenix\",\"refresh\",{\"authToken\":\"" + token + "\"}]");
	}

	private Client connect(@Nullable ClientHttpSession session) {
		return connect(N1, session);
	}

	private Client connect(Node node, @Nullable ClientHttpSession session) {
		return this.nodes.open(node, new SocketRequest("/socket", "memory", Map.of("vsn", List.of("2.0.0")), Map.of(),
				null, null, null, session));
	}

	@ChannelController("room:*")
	static class Room {

	}

}
