package io.clusterspring.channel.longpoll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Node;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the limits of sessions: number, size and time.
 */
@ExtendWith(OutputCaptureExtension.class)
class LongPollSessionsTests {

	private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";

	private static final Duration NEVER = Duration.ofMinutes(10);

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("sessions");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	@Test
	void numberOfSessionsIsLimitedAndExistingOnesStayOpen(CapturedOutput output) throws Exception {
		PollNode node = node(PollNode.settings(3, 1000, NEVER, NEVER));
		List<LongPollToken> tokens = List.of(node.open(), node.open(), node.open());
		assertThat(node.open()).isNull();
		assertThat(node.open()).isNull();
		assertThat(node.sessions.refused()).isEqualTo(2);
		assertThat(node.sessions.size()).isEqualTo(3);
		assertThat(output).contains("Refused a long polling client, because there are 3 sessions");
		for (LongPollToken token : tokens) {
			assertThat(node.send(token, HEARTBEAT)).isEqualTo(200);
			assertThat(node.pollNow(token).messages()).hasSize(1);
		}
		node.send(tokens.get(0), "[]");
		node.tick();
		assertThat(node.open()).isNotNull();
	}

	@Test
	void sessionEndsWhenTooMuchWaitsAndOthersAreNotAffected(CapturedOutput output) throws Exception {
		PollNode node = node(PollNode.settings(10, 20_000, NEVER, NEVER));
		LongPollToken silent = join(node);
		LongPollToken polling = join(node);
		for (int i = 0; i < 10; i++) {
			node.server.broadcast("room:1", "news", Map.of("n", i, "padding", "x".repeat(5_000)));
			PollAnswer answer = node.pollNow(polling);
			assertThat(answer.messages()).hasSize(1).first().asString().contains("\"padding\"");
		}
		await().untilAsserted(() -> assertThat(node.poll(silent).getNow(PollAnswer.of(0)).status()).isEqualTo(410));
		assertThat(output).contains("the client does not poll, ");
		node.tick();
		assertThat(node.sessions.find(silent.session())).isNull();
	}

	@Test
	void sessionEndsAtItsMomentAndSaysSoBefore() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		LongPollToken token = node.open(Instant.now().plusSeconds(1));
		CompletableFuture<PollAnswer> notice = node.poll(token);
		await().untilAsserted(() -> {
			node.tick();
			assertThat(notice.getNow(PollAnswer.of(0)).messages()).singleElement().asString().contains("\"expiring\"");
		});
		CompletableFuture<PollAnswer> last = node.poll(token);
		await().untilAsserted(() -> {
			node.tick();
			assertThat(last.getNow(PollAnswer.of(0)).status()).isEqualTo(410);
		});
		node.tick();
		assertThat(node.sessions.size()).isZero();
		assertThat(node.server.statistics().expiredSockets()).isEqualTo(1);
	}

	@Test
	void handlersKnowWhyASessionHasEnded() throws Exception {
		PollNode node = node(PollNode.settings(10, 20_000, NEVER, Duration.ofMillis(1)));
		join(node);
		await().until(() -> {
			node.tick();
			return node.left.peek() != null;
		});
		assertThat(node.left.take()).isEqualTo(LeaveReason.TIMED_OUT);
		PollNode patient = new PollNode(this.network, Node.of("n2@127.0.0.1"),
				PollNode.settings(10, 2_000, NEVER, NEVER), this.executor);
		join(patient);
		patient.sessions.closeAll();
		assertThat(patient.left.poll(10, TimeUnit.SECONDS)).isEqualTo(LeaveReason.NODE_STOPS);
		join(patient);
		await().until(() -> {
			patient.server.broadcast("room:1", "news", Map.of("padding", "x".repeat(2_000)));
			return patient.left.peek() != null;
		});
		assertThat(patient.left.take()).isEqualTo(LeaveReason.LIMIT_REACHED);
		patient.send(join(patient), "nothing");
		assertThat(patient.left.poll(10, TimeUnit.SECONDS)).isEqualTo(LeaveReason.FAILED);
	}

	@Test
	void singleMessageMayBeLargerThanTheBuffer() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		LongPollToken token = join(node);
		node.server.broadcast("room:1", "news", Map.of("padding", "x".repeat(5_000)));
		await().untilAsserted(() -> assertThat(node.server.statistics().outboxBytes()).isGreaterThan(5_000));
		assertThat(node.pollNow(token).messages()).hasSize(1);
		assertThat(node.server.statistics().outboxBytes()).isZero();
	}

	@Test
	void lostAnswerIsSentAgain() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		LongPollToken first = node.open();
		CompletableFuture<PollAnswer> lost = node.relay.poll(first);
		node.send(first, HEARTBEAT);
		PollAnswer answer = lost.get(20, TimeUnit.SECONDS);
		assertThat(answer.messages()).hasSize(1);
		assertThat(node.relay.poll(first).get()).as("again").isEqualTo(answer);
		LongPollToken second = first.after(answer);
		CompletableFuture<PollAnswer> next = node.relay.poll(second);
		assertThat(next).as("there is nothing new").isNotDone();
		node.send(first, HEARTBEAT.replace("\"1\"", "\"2\""));
		PollAnswer last = next.get(20, TimeUnit.SECONDS);
		assertThat(last.messages()).singleElement().asString().contains("\"2\"");
		for (int i = 0; i < 5; i++) {
			assertThat(node.relay.poll(second).get()).as("until it is acknowledged").isEqualTo(last);
		}
		assertThat(node.relay.poll(second.after(last))).isNotDone();
	}

	@Test
	void lostAnswerIsSentBeforeLaterMessagesAndTheEnd() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		LongPollToken token = node.open();
		node.send(token, HEARTBEAT);
		PollAnswer lost = node.relay.poll(token).get();
		node.send(token, HEARTBEAT.replace("\"1\"", "\"2\""));
		node.sessions.closeAll();
		node.tick();
		assertThat(node.relay.poll(token).get()).isEqualTo(lost);
		LongPollToken next = token.after(lost);
		PollAnswer rest = node.relay.poll(next).get();
		assertThat(rest.messages()).singleElement().asString().contains("\"2\"");
		assertThat(node.relay.poll(next.after(rest)).get().status()).isEqualTo(410);
		node.tick();
		assertThat(node.sessions.size()).isZero();
	}

	@Test
	void clientThatKeepsItsFirstTokenDoesNotGetTheSameAnswerForever() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		LongPollToken token = node.open();
		List<String> got = new ArrayList<>();
		for (int i = 1; i <= 5; i++) {
			CompletableFuture<PollAnswer> poll = node.relay.poll(token);
			node.send(token, HEARTBEAT.replace("\"1\"", "\"" + i + "\""));
			got.addAll(poll.get(20, TimeUnit.SECONDS).messages());
		}
		got.addAll(node.relay.poll(token).get(20, TimeUnit.SECONDS).messages());
		for (int i = 1; i <= 5; i++) {
			String ref = "[null,\"" + i + "\"";
			assertThat(got).filteredOn((message) -> message.startsWith(ref)).hasSize((i == 1) ? 2 : 1);
		}
	}

	@Test
	void requestWaitsNoLongerThanThePollTimeout() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, Duration.ofMillis(300), NEVER));
		LongPollToken token = node.open();
		long start = System.nanoTime();
		CompletableFuture<PollAnswer> poll = node.poll(token);
		await().pollInterval(20, TimeUnit.MILLISECONDS).until(() -> {
			node.tick();
			return poll.isDone();
		});
		assertThat(poll.get()).isEqualTo(PollAnswer.of(204));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
		assertThat(node.send(token, HEARTBEAT)).isEqualTo(200);
		assertThat(node.pollNow(token).messages()).as("waits for the next").hasSize(1);
	}

	@Test
	void sessionEndsWithoutRequestsButNotWhileARequestWaits() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, Duration.ofMillis(300)));
		LongPollToken silent = node.open();
		LongPollToken waits = node.open();
		CompletableFuture<PollAnswer> poll = node.poll(waits);
		await().until(() -> {
			node.tick();
			return node.sessions.find(silent.session()) == null;
		});
		assertThat(poll).isNotDone();
		assertThat(node.send(waits, HEARTBEAT)).isEqualTo(200);
		assertThat(poll.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
	}

	@Test
	void waitingMessagesAreSentBeforeTheEnd() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		LongPollToken token = join(node);
		assertThat(node.send(token, HEARTBEAT)).isEqualTo(200);
		LongPollSession session = node.sessions.find(token.session());
		session.close(1001);
		node.server.broadcast("room:1", "late", Map.of());
		node.tick();
		assertThat(node.pollNow(token).messages()).singleElement().asString().contains("phx_reply");
		assertThat(node.pollNow(token).status()).isEqualTo(410);
		assertThat(node.send(token, HEARTBEAT)).isEqualTo(410);
		node.tick();
		assertThat(node.sessions.size()).isZero();
	}

	@Test
	void acceptedMessageGetsStatus200EvenIfItEndsTheSession() throws Exception {
		PollNode node = new PollNode(this.network, Node.of("n1@127.0.0.1"), PollNode.settings(10, 500, NEVER, NEVER),
				Runnable::run);
		LongPollToken token = join(node);
		String echo = "[\"1\",\"2\",\"room:1\",\"echo\",{\"text\":\"" + "x".repeat(300) + "\"}]";
		assertThat(node.send(token, echo)).isEqualTo(200);
		assertThat(node.send(token, echo)).as("its answer exceeds the buffer").isEqualTo(200);
		assertThat(node.send(token, echo)).isEqualTo(410);
	}

	@Test
	void sessionThatClosesWhileARequestWaitsAnswersIt() throws Exception {
		PollNode node = node(PollNode.settings(10, 1000, NEVER, NEVER));
		CompletableFuture<PollAnswer> poll = node.poll(node.open());
		node.sessions.closeAll();
		assertThat(poll.get(10, TimeUnit.SECONDS).status()).isEqualTo(410);
	}

	private static LongPollToken join(PollNode node) throws Exception {
		LongPollToken token = node.open();
		node.send(token, "[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
		assertThat(node.pollNow(token).messages()).hasSize(1);
		return token;
	}

	private PollNode node(LongPollSettings settings) {
		return new PollNode(this.network, Node.of("n1@127.0.0.1"), settings, this.executor);
	}

}
