package io.clusterspring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that subscribes to numbers and waits until its session is closed, over
 * WebSocket or with SockJS polling.
 */
final class DrainedClient implements WebSocket.Listener, AutoCloseable {

	private static final Pattern NUMBER = Pattern.compile("destination:/topic/numbers\n.*?\n\n(\\d+)\0",
			Pattern.DOTALL);

	private static final Pattern CLOSED = Pattern.compile("c\\[(\\d+),.*", Pattern.DOTALL);

	private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:x\n\n\0";

	private static final String SUBSCRIBE = "SUBSCRIBE\nid:0\ndestination:/topic/%s\nreceipt:ready\n\n\0";

	final List<Integer> numbers = new CopyOnWriteArrayList<>();

	/** Unexpected frames. */
	final List<String> others = new CopyOnWriteArrayList<>();

	volatile boolean ready;

	volatile int closeCode;

	private final String name;

	private final String destination;

	private final StringBuilder text = new StringBuilder();

	private CompletableFuture<WebSocket> sent = new CompletableFuture<>();

	private DrainedClient(String name, String destination) {
		this.name = name;
		this.destination = destination;
	}

	/**
	 * Connect over WebSocket.
	 * @param destination a name or pattern that matches the topic of the numbers
	 */
	static DrainedClient webSocket(HttpClient http, int port, String destination) {
		DrainedClient client = new DrainedClient("WebSocket", destination);
		http.newWebSocketBuilder()
			.subprotocols("v12.stomp")
			.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), client)
			.join();
		return client;
	}

	/**
	 * Connect with SockJS polling, on a separate thread.
	 */
	static DrainedClient polling(HttpClient http, int port, String session) {
		DrainedClient client = new DrainedClient(session, "numbers");
		String url = "http://127.0.0.1:" + port + "/sockjs/000/" + session;
		Thread thread = new Thread(() -> client.poll(http, url), "poll " + session);
		thread.setDaemon(true);
		thread.start();
		return client;
	}

	private void poll(HttpClient http, String url) {
		try {
			pollToTheEnd(http, url);
		}
		catch (CompletionException ex) {
			fail(ex);
		}
	}

	private void pollToTheEnd(HttpClient http, String url) {
		post(http, url + "/xhr", "");
		post(http, url + "/xhr_send", json(CONNECT));
		while (this.closeCode == 0) {
			String frame = post(http, url + "/xhr", "");
			Matcher closed = CLOSED.matcher(frame);
			if (closed.matches()) {
				close(Integer.parseInt(closed.group(1)));
			}
			else if (frame.startsWith("a")) {
				hear(frame.replace("\\n", "\n").replace("\\u0000", "\0"));
				if (frame.contains("CONNECTED")) {
					post(http, url + "/xhr_send", json(SUBSCRIBE.formatted(this.destination)));
				}
			}
		}
	}

	private static String json(String frame) {
		return "[\"" + frame.replace("\n", "\\n").replace("\0", "\\u0000") + "\"]";
	}

	private static String post(HttpClient http, String url, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.timeout(Duration.ofSeconds(60))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
	}

	private void hear(String frames) {
		Matcher number = NUMBER.matcher(frames);
		boolean found = false;
		while (number.find()) {
			this.numbers.add(Integer.valueOf(number.group(1)));
			found = true;
		}
		if (frames.contains("receipt-id:ready")) {
			this.ready = true;
		}
		else if (!found && !frames.contains("CONNECTED")) {
			this.others.add(frames);
		}
	}

	@Override
	public void onOpen(WebSocket webSocket) {
		this.sent = webSocket.sendText(CONNECT, true);
		webSocket.request(1);
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			String frame = this.text.toString();
			this.text.setLength(0);
			hear(frame);
			if (frame.startsWith("CONNECTED")) {
				this.sent = this.sent
					.thenCompose((socket) -> socket.sendText(SUBSCRIBE.formatted(this.destination), true));
			}
		}
		webSocket.request(1);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		close(statusCode);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		fail(error);
	}

	private void fail(Throwable error) {
		this.others.add(error.toString());
		close(1006);
	}

	private void close(int code) {
		this.closeCode = code;
	}

	@Override
	public String toString() {
		return this.name + " of " + this.destination + ", ready: " + this.ready + ", closed: " + this.closeCode
				+ ", heard " + this.numbers.size() + " numbers and " + this.others;
	}

	@Override
	public void close() {
		this.closeCode = (this.closeCode != 0) ? this.closeCode : 1000;
	}

}
