package io.clusterspring.channel;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.drain.Drainable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@link LeaveReason} that handlers get.
 */
class LeaveReasonTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes((request) -> SocketAuthorization.accept().withId("user:1"));

	private final BlockingQueue<LeaveReason> left = new LinkedBlockingQueue<>();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.interceptBy(ChannelCall::proceed);
		this.nodes.start(N1, ChannelNodes.settings(1000, 100, 10_000, 0, 5, 0), List.of(new Room(this.left)),
				ChannelRoute.of("plain", new Plain(this.left)));
		this.client = this.nodes.connect(N1, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { TOPIC, "plain" })
	void clientLeaves(String topic) throws Exception {
		this.client.joined(topic);
		this.client.send(topic, "2", "phx_leave", "{}");
		leavesBy(LeaveReason.LEFT);
	}

	@ParameterizedTest
	@CsvSource({ "close, CLOSED", "crash, FAILED", "unknown, FAILED", "phx_unknown, FAILED", "fail_task, FAILED" })
	void handlerClosesTheChannelOrFails(String event, LeaveReason reason) throws Exception {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", event, "{}");
		leavesBy(reason);
	}

	@Test
	void clientJoinsAgain() throws Exception {
		this.client.joined(TOPIC);
		this.client.send("[\"9\",\"9\",\"" + TOPIC + "\",\"phx_join\",{}]");
		leavesBy(LeaveReason.REJOINED);
		this.client.gets("9", "9", TOPIC, "phx_reply", Client.OK);
		this.client.close();
		leavesBy(LeaveReason.CONNECTION_CLOSED);
	}

	@Test
	void connectionCloses() throws Exception {
		this.client.joined(TOPIC);
		this.client.close();
		leavesBy(LeaveReason.CONNECTION_CLOSED);
	}

	@Test
	void applicationDisconnectsTheSocket() throws Exception {
		this.client.joined(TOPIC);
		this.nodes.server(N1).disconnect("user:1");
		assertThat(this.client.connection().closeCode()).isEqualTo(1001);
		this.client.close();
		leavesBy(LeaveReason.DISCONNECTED);
	}

	@Test
	void nodeStops() throws Exception {
		this.client.joined(TOPIC);
		Drainable drainable = this.nodes.server(N1).drainable();
		drainable.connections().next().drain();
		leavesBy(LeaveReason.NODE_STOPS);
	}

	@ParameterizedTest
	@CsvSource({ "IDLE_TIMEOUT, TIMED_OUT", "OUTBOX_TIMEOUT, TIMED_OUT", "OUTBOX_CAPACITY, LIMIT_REACHED",
			"MAX_MESSAGE_SIZE, LIMIT_REACHED", "MAX_CHANNELS, CONNECTION_CLOSED" })
	void limitOfTheTransportIsTheReasonIfItClosesTheSocket(ChannelLimit limit, LeaveReason reason) throws Exception {
		this.client.joined(TOPIC);
		this.client.session().limitReached(limit);
		this.client.close();
		leavesBy(reason);
	}

	@Test
	void clientSendsTooMuch() throws Exception {
		this.client.joined(TOPIC);
		for (int i = 0; i < 20; i++) {
			this.client.send(TOPIC, "2", "say", "{}");
		}
		leavesBy(LeaveReason.LIMIT_REACHED);
	}

	@Test
	void clientSendsWhatIsNoMessage() throws Exception {
		this.client.joined(TOPIC);
		this.client.send("nothing");
		leavesBy(LeaveReason.FAILED);
	}

	@Test
	void firstReasonCounts() throws Exception {
		this.client.joined(TOPIC);
		this.client.session().closed(LeaveReason.TIMED_OUT);
		this.client.close();
		this.nodes.server(N1).disconnect("user:1");
		leavesBy(LeaveReason.TIMED_OUT);
	}

	private void leavesBy(LeaveReason reason) throws InterruptedException {
		assertThat(this.left.poll(10, TimeUnit.SECONDS)).isEqualTo(reason);
		assertThat(this.left).isEmpty();
	}

	@ChannelController("room:{room}")
	static class Room {

		private final BlockingQueue<LeaveReason> left;

		Room(BlockingQueue<LeaveReason> left) {
			this.left = left;
		}

		@OnEvent("say")
		void say() {
		}

		@OnEvent("close")
		void close(Channel channel) {
			channel.close();
		}

		@OnEvent("crash")
		void crash() {
			throw new IllegalStateException("crash");
		}

		@OnEvent("fail_task")
		void failTask(Channel channel) {
			channel.execute(() -> {
				throw new IllegalStateException("task");
			});
		}

		@OnLeave
		void leave(Channel channel, LeaveReason reason) {
			this.left.add(reason);
		}

	}

	private static final class Plain extends SilentHandler {

		private final BlockingQueue<LeaveReason> left;

		Plain(BlockingQueue<LeaveReason> left) {
			this.left = left;
		}

		@Override
		public void onLeave(Channel channel, LeaveReason reason) {
			this.left.add(reason);
		}

	}

}
