package io.clusterspring.http.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client of server-sent events.
 */
final class SseReader implements AutoCloseable {

	private static final HttpClient http = HttpClient.newHttpClient();

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final HttpResponse<InputStream> response;

	private volatile String lastId = "";

	volatile boolean ended;

	private SseReader(HttpResponse<InputStream> response) {
		this.response = response;
		if (response.statusCode() == 200) {
			Thread thread = new Thread(this::read, "sse-reader");
			thread.setDaemon(true);
			thread.start();
		}
	}

	static SseReader connect(int port, String topic, String... headers) throws Exception {
		return connectWith("", port, topic, headers);
	}

	static SseReader connectWith(String query, int port, String topic, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port + "/cluster/topics/" + topic + "/events?" + query));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return new SseReader(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
	}

	private void read() {
		try (BufferedReader in = new BufferedReader(
				new InputStreamReader(this.response.body(), StandardCharsets.UTF_8))) {
			StringBuilder event = new StringBuilder();
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (line.startsWith("id: ")) {
					this.lastId = line.substring(4);
				}
				else if (!line.isEmpty()) {
					event.append(line).append('|');
				}
				else {
					this.events.add(event.toString());
					event.setLength(0);
				}
			}
		}
		catch (IOException ex) {
			// closed
		}
		this.ended = true;
	}

	int status() {
		return this.response.statusCode();
	}

	HttpResponse<InputStream> response() {
		return this.response;
	}

	/** Return the next event that is no comment. */
	String next() throws InterruptedException {
		String event = nextOrComment();
		while (event.startsWith(":")) {
			event = nextOrComment();
		}
		return event;
	}

	String nextOrComment() throws InterruptedException {
		String event = this.events.poll(20, TimeUnit.SECONDS);
		return (event != null) ? event : "nothing came";
	}

	String lastId() {
		return this.lastId;
	}

	@Override
	public void close() throws IOException {
		this.response.body().close();
	}

}
