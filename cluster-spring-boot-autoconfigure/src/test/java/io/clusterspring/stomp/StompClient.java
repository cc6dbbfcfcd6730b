package io.clusterspring.stomp;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

import static org.awaitility.Awaitility.await;

/**
 * A STOMP client over WebSocket. Its methods wait for the receipts of the server.
 */
final class StompClient implements AutoCloseable {

	private final StompSession session;

	private StompClient(StompSession session) {
		this.session = session;
	}

	static StompClient connect(int port, @Nullable String user) {
		WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
		client.setTaskScheduler(new SimpleAsyncTaskScheduler());
		String url = "ws://127.0.0.1:" + port + "/ws" + ((user != null) ? "?" + user : "");
		StompSession session = client.connectAsync(url, new StompSessionHandlerAdapter() {
		}).orTimeout(30, TimeUnit.SECONDS).join();
		session.setAutoReceipt(true);
		return new StompClient(session);
	}

	Inbox subscribe(String destination) {
		return subscribe(destination, null);
	}

	Inbox subscribe(String destination, @Nullable String selector) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		if (selector != null) {
			headers.add("selector", selector);
		}
		return subscribe(headers);
	}

	Inbox subscribe(StompHeaders headers) {
		Inbox inbox = new Inbox();
		confirm(this.session.subscribe(headers, inbox));
		return inbox;
	}

	/**
	 * Subscribe to a destination that the application answers instead of the broker.
	 */
	Inbox ask(String destination) {
		Inbox inbox = new Inbox();
		this.session.subscribe(destination, inbox);
		return inbox;
	}

	void send(String destination, String payload) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		send(headers, payload);
	}

	void send(StompHeaders headers, String payload) {
		confirm(this.session.send(headers, payload.getBytes(StandardCharsets.UTF_8)));
	}

	void sendUnconfirmed(String destination, String payload) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		sendUnconfirmed(headers, payload);
	}

	void sendUnconfirmed(StompHeaders headers, String payload) {
		this.session.send(headers, payload.getBytes(StandardCharsets.UTF_8));
	}

	private static void confirm(StompSession.Receiptable receiptable) {
		CompletableFuture<Boolean> confirmed = new CompletableFuture<>();
		receiptable.addReceiptTask(() -> confirmed.complete(true));
		receiptable.addReceiptLostTask(() -> confirmed.complete(false));
		if (!confirmed.orTimeout(30, TimeUnit.SECONDS).join()) {
			throw new IllegalStateException("No receipt");
		}
	}

	@Override
	public void close() {
		if (this.session.isConnected()) {
			this.session.disconnect();
		}
	}

	record Frame(StompHeaders headers, String payload) {
	}

	/**
	 * The frames that a subscription has received.
	 */
	static final class Inbox implements StompFrameHandler {

		private final List<Frame> frames = new CopyOnWriteArrayList<>();

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			this.frames.add(new Frame(headers,
					new String((payload != null) ? (byte[]) payload : new byte[0], StandardCharsets.UTF_8)));
		}

		List<Frame> frames() {
			return this.frames;
		}

		List<String> payloads() {
			return this.frames.stream().map(Frame::payload).toList();
		}

		List<String> until(String last) {
			await().atMost(20, TimeUnit.SECONDS).until(() -> payloads().contains(last));
			return payloads();
		}

		Frame only() {
			await().atMost(20, TimeUnit.SECONDS).until(() -> !this.frames.isEmpty());
			return this.frames.get(0);
		}

	}

}
