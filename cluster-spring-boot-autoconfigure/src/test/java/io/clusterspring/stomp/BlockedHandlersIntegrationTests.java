package io.clusterspring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Cluster;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.channel.Channels;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.test.ChannelTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a node on which code of the application blocks all threads: messages from and
 * to other nodes are still handled.
 */
@Timeout(120)
class BlockedHandlersIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final LocalNetwork network = new LocalNetwork("blocked");

	private final CountDownLatch released = new CountDownLatch(1);

	private StompNode here;

	private StompNode blocked;

	@BeforeEach
	void startNodes() {
		this.here = StompNode.start("n1@127.0.0.1", this.network, OpenApp.class);
		this.blocked = StompNode.start("n2@127.0.0.1", this.network, OpenApp.class);
		await().atMost(TIMEOUT).until(() -> this.here.bean(Cluster.class).view().nodes().size() == 2);
	}

	@AfterEach
	void closeNodes() {
		this.released.countDown();
		this.here.close();
		this.blocked.close();
		this.network.close();
	}

	@Test
	void messagesBetweenNodesDoNotWaitForHandlers() throws Exception {
		StompClient.Inbox inbox = this.blocked.connect(null).subscribe("/topic/a");
		StompClient.Inbox own = this.blocked.connect("joan").subscribe("/user/queue/replies");
		ChannelTestClient victim = ChannelTestClient.on(this.blocked.context())
			.parameter("id", "victim")
			.connect()
			.within(TIMEOUT);
		String token = poll(this.blocked.port(), null).get().get("token").asString();
		await().atMost(TIMEOUT).until(() -> this.here.users().getUser("joan") != null);
		blockAllThreads();

		this.here.template().convertAndSend("/topic/a", "message");
		assertThat(inbox.until("message")).containsExactly("message");

		this.here.template().convertAndSendToUser("joan", "/queue/replies", "reply");
		assertThat(own.until("reply")).containsExactly("reply");

		this.here.connect("jane");
		await().atMost(TIMEOUT).until(() -> this.blocked.users().getUser("jane") != null);

		this.blocked.connect("john");
		await().atMost(TIMEOUT).until(() -> this.here.users().getUser("john") != null);

		assertThat(post(this.here.port(), token, "[null,\"1\",\"phoenix\",\"heartbeat\",{}]")).isEqualTo(200);
		JsonNode answer = poll(this.here.port(), token).get(20, TimeUnit.SECONDS);
		assertThat(answer.get("status").asInt()).isEqualTo(200);
		assertThat(answer.get("messages").get(0).asString()).contains("phx_reply");

		this.here.bean(Channels.class).disconnect("victim");
		victim.expectClosed(1001);
	}

	private void blockAllThreads() {
		Executor executor = (Executor) this.blocked.context().getBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME);
		for (int i = 0; i < 200; i++) {
			executor.execute(this::awaitRelease);
		}
		CompletableFuture<Void> last = CompletableFuture.runAsync(() -> {
		}, executor);
		assertThat(last).isNotDone();
	}

	private void awaitRelease() {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static CompletableFuture<JsonNode> poll(int port, String token) {
		return HttpClient.newHttpClient()
			.sendAsync(request(port, token).GET().build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> JsonMapper.shared().readTree(response.body()));
	}

	private static int post(int port, String token, String body) throws Exception {
		HttpRequest request = request(port, token).POST(HttpRequest.BodyPublishers.ofString(body)).build();
		String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		return JsonMapper.shared().readTree(answer).get("status").asInt();
	}

	private static HttpRequest.Builder request(int port, String token) {
		URI uri = URI.create("http://127.0.0.1:" + port + "/socket/longpoll?vsn=2.0.0");
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
		return (token != null) ? request.header("X-Phoenix-Longpoll-Token", token) : request;
	}

}
