package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.server.ChannelStatistics;
import io.clusterspring.channel.socket.SocketRefusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the log and the counters when handlers fail, and for
 * {@link ChannelStatistics}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelFailureTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes((request) -> (request.parameter("refuse") != null)
			? SocketAuthorization.refuse() : SocketAuthorization.accept().withId("user:7"));

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 2, List.of(new Mine()));
		this.client = this.nodes.connect(N1, null);
	}

	@Test
	void failedEventIsLoggedOnceWithTopicEventAndSocket(CapturedOutput output) {
		this.client.joined("mine:1");
		this.client.send("mine:1", "2", "explode", "{}");
		this.client.gets("1", "1", "mine:1", "phx_error", "{\"reason\":\"channel_crash\"}");
		await().until(() -> output.getAll().contains("Crash on"));
		assertThat(output).contains("Crash on event 'explode' in channel 'mine:1' of socket user:7 (test)")
			.containsOnlyOnce("Crash on")
			.containsOnlyOnce("IllegalStateException: boom");
		assertThat(statistics().crashes()).isEqualTo(1);
	}

	@Test
	void failedJoinLateReplyAndLeaveAreLoggedOnceEach(CapturedOutput output) {
		this.client.join("mine:closed");
		this.client.getsReply("mine:closed", "1", "error", "{\"reason\":\"join crashed\"}");
		assertThat(output).containsOnlyOnce("Join crashed in channel 'mine:closed' of socket user:7 (test)");
		this.client.joined("mine:2");
		this.client.send("mine:2", "2", "later", "{}");
		this.client.gets("1", "1", "mine:2", "phx_error", "{\"reason\":\"channel_crash\"}");
		await().until(() -> statistics().crashes() == 3);
		assertThat(output).containsOnlyOnce("Crash on the late reply to \"later\" in channel 'mine:2'")
			.containsOnlyOnce("Leave failed in channel 'mine:2'");
	}

	@Test
	void broadcastThatIsTooLargeCrashesItsChannelAndNoOther(CapturedOutput output) {
		Client other = this.nodes.connect(N1, null);
		other.joined("mine:1");
		this.client.joined("mine:1");
		this.client.joined("mine:3");
		this.client.send("mine:1", "2", "large", "{}");
		this.client.gets("1", "1", "mine:1", "phx_error", "{\"reason\":\"channel_crash\"}");
		await().until(() -> output.getAll().contains("Crash on"));
		assertThat(output).containsOnlyOnce("Crash on event 'large'").contains("cluster.max-payload-size is 16777216");
		assertThat(statistics().channels()).isEqualTo(2);
		assertThat(statistics().sockets()).isEqualTo(2);
	}

	@Test
	void unexpectedMessageCrashesTheChannelAndLogsOneLine(CapturedOutput output) {
		String[][] messages = { { "\"2\"", "\"unheard\"" }, { "\"2\"", "\"phx_reply\"" }, { "\"2\"", "7" },
				{ "null", "\"later\"" } };
		for (String[] message : messages) {
			this.client.joined("mine:1");
			this.client.send("[\"1\",%s,\"mine:1\",%s,{}]".formatted((Object[]) message));
			this.client.gets("1", "1", "mine:1", "phx_error", "{\"reason\":\"channel_crash\"}");
		}
		String where = "in channel 'mine:1' of socket user:7 (test): ";
		await().until(() -> output.getAll().contains("without ref"));
		assertThat(output).contains("WARN")
			.containsOnlyOnce("Crash on event 'unheard' " + where + "Mine has no method for it")
			.containsOnlyOnce("Crash on event 'phx_reply' " + where + "it is not an event of a channel")
			.containsOnlyOnce("Crash on event '7' " + where + "it is not an event of a channel")
			.containsOnlyOnce("Crash on event 'later' " + where + "a message without ref cannot get a later reply")
			.doesNotContain("Exception", "\tat ");
		assertThat(statistics().crashes()).isEqualTo(4);
	}

	@Test
	void aClientCannotForgeALineOfTheLog(CapturedOutput output) {
		this.client.send("[\"1\",\"1\",\"mine:x\\nERROR forged\",\"phx_join\",{}]");
		this.client.next();
		this.client.send("[\"1\",\"2\",\"mine:x\\nERROR forged\",\"e\\nERROR forged\",{}]");
		this.client.next();
		await().until(() -> output.getAll().contains("Crash on event"));
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("ERROR forged"));
	}

	@Test
	void socketsAndChannelsAreCounted() {
		this.client.joined("mine:1");
		this.client.joined("mine:3");
		Client other = this.nodes.connect(N1, null);
		other.joined("mine:1");
		this.nodes.server(N1).connect(ChannelNodes.request(Map.of("vsn", "2.0.0", "refuse", "yes"), null));
		this.nodes.server(N1).connect(ChannelNodes.request(Map.of("vsn", "9.0.0"), null));
		assertThat(statistics().sockets()).isEqualTo(2);
		assertThat(statistics().channels()).isEqualTo(3);
		assertThat(statistics().outboxBytes()).isZero();
		assertThat(statistics().acceptedSockets()).isEqualTo(2);
		assertThat(statistics().refusedSockets(SocketRefusal.UNAUTHORIZED)).isEqualTo(1);
		assertThat(statistics().refusedSockets(SocketRefusal.VERSION)).isEqualTo(1);
		assertThat(statistics().crashes()).isZero();
		other.close();
		await().untilAsserted(() -> assertThat(statistics().channels()).isEqualTo(2));
		assertThat(statistics().sockets()).isEqualTo(1);
	}

	private ChannelStatistics statistics() {
		return this.nodes.server(N1).statistics();
	}

	@ChannelController("mine:{id}")
	static class Mine {

		@OnJoin
		void join(Channel channel) {
			if (channel.topic().endsWith("closed")) {
				throw new IllegalStateException("closed");
			}
		}

		@OnEvent("explode")
		void explode() {
			throw new IllegalStateException("boom");
		}

		@OnEvent("large")
		void large(Channel channel) {
			channel.broadcast("large", new byte[(int) PayloadLimit.DEFAULT + 1]);
		}

		@OnEvent("later")
		CompletionStage<String> later() {
			return CompletableFuture.failedFuture(new IllegalStateException("late"));
		}

		@OnLeave
		void leave(Channel channel) {
			if (channel.topic().equals("mine:2")) {
				throw new IllegalStateException("still here");
			}
		}

	}

}
