package io.clusterspring.channel;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.expiry.UserExpiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for sockets that end at a moment.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelExpiryTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Principal ALICE = () -> "alice";

	private final AtomicLong clock = new AtomicLong(System.nanoTime());

	private final BlockingQueue<String> left = new LinkedBlockingQueue<>();

	@AutoClose
	private ChannelNodes nodes = new ChannelNodes();

	@Test
	void socketIsClosedAtItsMoment() throws Exception {
		start((request) -> SocketAuthorization.accept().until(in(100)));
		Client client = this.nodes.connect(N1, ALICE);
		client.joined("room:1");
		watch(client, 60);
		client.send("room:1", "2", "say", "{}");
		client.getsReply("room:1", "2", "ok", "{}");
		assertThat(client.connection().isClosed()).isFalse();
		watch(client, 41);
		assertThat(client.connection().closeCode()).isEqualTo(3000);
		assertThat(client.connection().closeReason()).isEqualTo("expired");
		assertThat(this.left.poll(10, TimeUnit.SECONDS)).isEqualTo("room:1");
		await().untilAsserted(() -> assertThat(ChannelLeaks.sockets(this.nodes.server(N1))).isEmpty());
		assertThat(this.nodes.server(N1).statistics().expiredSockets()).isEqualTo(1);
		watch(client, 100);
		assertThat(this.nodes.server(N1).statistics().expiredSockets()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0.0", "2.0.0" })
	void clientIsToldBeforeOnce(String vsn) {
		AtomicReference<Instant> end = new AtomicReference<>();
		start((request) -> {
			end.set(in(100));
			return SocketAuthorization.accept().until(end.get());
		});
		Client client = this.nodes.connect(N1, ALICE, vsn);
		watch(client, 60);
		assertThat(client.connection().isSilent()).isTrue();
		watch(client, 11);
		watch(client, 1);
		String notice = client.next();
		assertThat(notice).contains("\"phoenix\"", "\"expiring\"", "{\"at\":" + end.get().toEpochMilli() + ",\"in\":2")
			.doesNotContain("ref\":\"");
		assertThat(client.connection().isSilent()).isTrue();
	}

	@Test
	void nothingIsHandledAfterTheMomentEvenBeforeTheSocketIsWatched() throws Exception {
		start((request) -> SocketAuthorization.accept().until(in(100)));
		Client client = this.nodes.connect(N1, ALICE);
		client.joined("room:1");
		this.clock.addAndGet(Duration.ofSeconds(101).toNanos());
		client.send("room:1", "2", "say", "{}");
		assertThat(client.connection().closeCode()).isEqualTo(3000);
		assertThat(client.connection().isSilent()).isTrue();
	}

	@Test
	void socketWithoutAMomentStays() {
		start((request) -> SocketAuthorization.accept());
		Client client = this.nodes.connect(N1, ALICE);
		watch(client, 1_000_000_000);
		client.heartbeat("1");
		assertThat(client.connection().isClosed()).isFalse();
	}

	@Test
	void pastMomentIsARefusal() {
		start((request) -> SocketAuthorization.accept().until(Instant.now().minusMillis(1)));
		assertThat(this.nodes.server(N1).connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), ALICE)))
			.isEqualTo(SocketRefusal.EXPIRED);
		assertThat(SocketRefusal.EXPIRED.status()).isEqualTo(403);
	}

	@Test
	void earliestMomentOfAllAuthorizersAndOfTheUserCounts() {
		for (int[] moments : new int[][] { { 100, 200, 300 }, { 200, 100, 300 }, { 300, 200, 100 } }) {
			this.nodes.close();
			this.nodes = new ChannelNodes(
					(request) -> SocketAuthorization.accept().until(in(moments[0])).until(in(400)),
					(request) -> SocketAuthorization.accept().withId("a").until(in(moments[1])).withUser(ALICE),
					(request) -> SocketAuthorization.accept().withAttribute("a", 1));
			this.nodes.expiries = new UserExpiries(List.of((user) -> in(moments[2])));
			start();
			Client client = this.nodes.connect(N1, null);
			watch(client, 99);
			assertThat(client.connection().isClosed()).isFalse();
			watch(client, 2);
			assertThat(client.connection().isClosed()).isTrue();
		}
	}

	@Test
	void userWithoutAnAuthorizerEndsToo() {
		this.nodes.expiries = new UserExpiries(List.of((user) -> user.getName().equals("alice") ? in(100) : null));
		start();
		Client alice = this.nodes.connect(N1, ALICE);
		Client bob = this.nodes.connect(N1, () -> "bob");
		Client nobody = this.nodes.connect(N1, null);
		for (Client client : List.of(alice, bob, nobody)) {
			watch(client, 0);
		}
		this.clock.addAndGet(Duration.ofSeconds(101).toNanos());
		for (Client client : List.of(alice, bob, nobody)) {
			watch(client, 0);
			assertThat(client.connection().isClosed()).isEqualTo(client == alice);
		}
	}

	@Test
	void expiryThatFailsRefuses(CapturedOutput output) {
		this.nodes.expiries = new UserExpiries(List.of((user) -> {
			throw new IllegalStateException("no clock");
		}));
		start();
		assertThat(this.nodes.server(N1).connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), ALICE)))
			.isEqualTo(SocketRefusal.UNAUTHORIZED);
		assertThat(output).contains("because its user cannot be read", "no clock");
	}

	@Test
	@SuppressWarnings("NullAway")
	void missingMomentIsAMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> SocketAuthorization.accept().until(null));
	}

	private void start(SocketAuthorizer authorizer) {
		this.nodes = new ChannelNodes(authorizer);
		start();
	}

	private void start() {
		this.nodes.start(N1, 10, List.of(new Room(this.left)));
		ReflectionTestUtils.setField(this.nodes.server(N1), "clock", (LongSupplier) this.clock::get);
	}

	private void watch(Client client, int secondsLater) {
		client.session().watch(this.clock.addAndGet(Duration.ofSeconds(secondsLater).toNanos()));
	}

	private static Instant in(int seconds) {
		return Instant.now().plusSeconds(seconds);
	}

	@ChannelController("room:*")
	static class Room {

		private final BlockingQueue<String> left;

		Room(BlockingQueue<String> left) {
			this.left = left;
		}

		@OnEvent("say")
		Reply say() {
			return Reply.ok();
		}

		@OnLeave
		void leave(Channel channel) {
			this.left.add(channel.topic());
		}

	}

}
