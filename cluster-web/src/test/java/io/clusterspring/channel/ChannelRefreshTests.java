package io.clusterspring.channel;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.RefreshOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for sockets that refresh their right without a new connection. The token of a
 * client is {@code user/role/seconds}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelRefreshTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private final AtomicLong clock = new AtomicLong(System.nanoTime());

	private final AtomicReference<Thread> asked = new AtomicReference<>();

	private final CountDownLatch held = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final ChannelNodes nodes = new ChannelNodes(this::authorize);

	@BeforeEach
	void start() {
		start(ChannelNodes.settings(10, 100, 1000, 0, 0, 0));
	}

	private void start(ChannelSettings settings) {
		this.nodes.start(N1, settings, List.of(new Room(), new Vault(), new Broken(), new Silent()));
		ReflectionTestUtils.setField(this.nodes.server(N1), "clock", (LongSupplier) this.clock::get);
	}

	@AfterEach
	void close() {
		this.release.countDown();
		this.nodes.close();
	}

	private SocketAuthorization authorize(SocketRequest request) throws Exception {
		this.asked.set(Thread.currentThread());
		String[] token = String.valueOf(request.parameter("token")).split("/");
		if (token[0].equals("slow")) {
			this.held.countDown();
			assertThat(this.release.await(20, TimeUnit.SECONDS)).isTrue();
			token[0] = "alice";
		}
		if (token.length != 3) {
			throw new IllegalArgumentException("no token");
		}
		SocketAuthorization accepted = SocketAuthorization.accept()
			.withId(token[0] + "/" + token[1])
			.withUser(new User(token[0], token[1]))
			.withAttribute("role", token[1]);
		if (token[1].equals("banned")) {
			return SocketAuthorization.refuse();
		}
		return token[2].equals("forever") ? accepted
				: accepted.until(Instant.now().plusSeconds(Integer.parseInt(token[2])));
	}

	@Test
	void refreshSwapsUserAttributesAndMomentAndTheChannelsStay() {
		Client client = connect("alice/guest/100");
		client.joined("room:1");
		refresh(client, "alice/admin/300");
		client.send("room:1", "2", "who", "{}");
		client.getsReply("room:1", "2", "ok",
				"{\"user\":\"alice as admin\",\"role\":\"admin\",\"id\":\"alice/admin\",\"refreshed\":1}");
		watch(client, 200);
		assertThat(client.connection().isClosed()).isFalse();
		watch(client, 101);
		assertThat(client.connection().isClosed()).isTrue();
		assertThat(count(RefreshOutcome.OK)).isEqualTo(1);
	}

	@Test
	void answerSaysWhenTheSocketEndsNow() {
		Client client = connect("alice/guest/100");
		long before = System.currentTimeMillis();
		client.send(message("\"alice/guest/300\""));
		String answer = client.next();
		assertThat(answer).startsWith("[null,\"r\",\"phoenix\",\"phx_reply\",");
		long at = Long.parseLong(answer.replaceAll(".*\"at\":(\\d+).*", "$1"));
		assertThat(at).isBetween(before + 290_000, before + 320_000);
		client.send(message("\"alice/guest/forever\""));
		client.gets(null, "r", "phoenix", "phx_reply", Client.OK);
		client.send(message("\"alice/guest/300\""));
		refused(client, "no deadline");
	}

	@Test
	void refreshBeginsWithTheRequestOfTheHandshake() {
		Client client = connect("alice/guest/100");
		refresh(client, "alice/admin/300");
		client.send("[null,\"r\",\"phoenix\",\"refresh\",{}]");
		assertThat(client.next()).contains("\"status\":\"ok\"");
		client.joined("room:1");
		client.send("room:1", "2", "who", "{}");
		assertThat(client.next()).contains("alice as guest");
	}

	@Test
	void clientOfVersion1CanRefresh() {
		Client client = this.nodes.open(N1, ChannelNodes.request(Map.of("token", "alice/guest/100"), null));
		client.send("{\"topic\":\"phoenix\",\"event\":\"refresh\",\"payload\":{\"params\":"
				+ "{\"token\":\"alice/admin/200\"}},\"ref\":\"7\"}");
		assertThat(client.next()).contains("\"ref\":\"7\"", "\"status\":\"ok\"");
		watch(client, 150);
		assertThat(client.connection().isClosed()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "bob/guest/300,other user", "alice/banned/300,unauthorized", "nonsense,unauthorized",
			"alice/guest/-1,expired" })
	void refreshThatIsRefusedChangesNothing(String token, String reason, CapturedOutput output) {
		Client client = connect("alice/guest/100");
		client.joined("room:1");
		client.send(message("\"" + token + "\""));
		refused(client, reason);
		client.send("room:1", "2", "who", "{}");
		client.getsReply("room:1", "2", "ok",
				"{\"user\":\"alice as guest\",\"role\":\"guest\",\"id\":\"alice/guest\",\"refreshed\":0}");
		assertThat(count(RefreshOutcome.valueOf(reason.toUpperCase().replace(' ', '_')))).isEqualTo(1);
		assertThat(output).doesNotContain("bob/guest", "alice/banned");
		watch(client, 101);
		assertThat(client.connection().isClosed()).isTrue();
	}

	@Test
	void clientThatIsRefusedAgainAndAgainDoesNotFloodTheLog(CapturedOutput output) {
		Client client = connect("alice/guest/100");
		for (int i = 0; i < 200; i++) {
			client.send(message("\"nonsense\""));
			refused(client, "unauthorized");
		}
		assertThat(output.getOut().split("because its authorizer failed", -1).length - 1).isLessThan(20);
	}

	@Test
	void payloadThatCannotBeReadIsRefused() {
		Client client = connect("alice/guest/100");
		client.send("[null,\"r\",\"phoenix\",\"refresh\",\"text\"]");
		refused(client, "invalid payload");
		client.sendBinary(new byte[] { 0, 0, 1, 7, 7, 'r', 'p', 'h', 'o', 'e', 'n', 'i', 'x', 'r', 'e', 'f', 'r', 'e',
				's', 'h', '{', '}' });
		assertThat(client.next()).contains("invalid payload");
		client.send(message("\"" + "x".repeat(1000) + "\""));
		refused(client, "payload too large");
		refresh(client, "alice/guest/200");
	}

	@Test
	void oneRefreshIsUnderWayAtATimeOnAThreadOfTheHandlers() throws Exception {
		Client client = connect("alice/guest/100");
		client.joined("room:1");
		client.send(message("\"slow/admin/300\""));
		assertThat(this.held.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.asked.get()).isNotSameAs(Thread.currentThread());
		client.send(message("\"alice/guest/300\""));
		refused(client, "under way");
		client.heartbeat("8");
		client.send("room:1", "2", "who", "{}");
		assertThat(client.next()).contains("alice as guest");
		this.release.countDown();
		assertThat(client.next()).contains("\"status\":\"ok\"");
		refresh(client, "alice/admin/400");
	}

	@Test
	void refreshThatIsUnderWayAtTheEndHasNoEffect() throws Exception {
		Client client = connect("alice/guest/100");
		client.send(message("\"slow/admin/300\""));
		assertThat(this.held.await(10, TimeUnit.SECONDS)).isTrue();
		watch(client, 101);
		assertThat(client.connection().closeCode()).isEqualTo(3000);
		client.connection().all();
		this.release.countDown();
		refresh(connect("carol/guest/100"), "carol/guest/200");
		assertThat(client.connection().isSilent()).isTrue();
		await().untilAsserted(() -> assertThat(ChannelLeaks.revocable(this.nodes.server(N1)).keySet()).asString()
			.doesNotContain("alice"));
	}

	@Test
	void refreshAfterTheEndIsIgnored() {
		Client client = connect("alice/guest/100");
		client.close();
		client.send(message("\"alice/guest/300\""));
		refresh(connect("carol/guest/100"), "carol/guest/200");
		assertThat(client.connection().isSilent()).isTrue();
		assertThat(count(RefreshOutcome.OK)).isEqualTo(1);
	}

	@Test
	void disconnectFindsTheSocketByItsNewIdOnly() throws Exception {
		Client client = connect("alice/guest/100");
		refresh(client, "alice/admin/300");
		assertThat(ChannelLeaks.revocable(this.nodes.server(N1)).keySet()).asString()
			.contains("alice/admin")
			.doesNotContain("alice/guest");
		this.nodes.server(N1).disconnect("alice/admin");
		assertThat(client.connection().closeCode()).isEqualTo(1001);
		await().untilAsserted(() -> assertThat(ChannelLeaks.revocable(this.nodes.server(N1))).isEmpty());
	}

	@Test
	void socketWhoseNewIdIsDisconnectedWhileItRefreshesIsClosed() throws Exception {
		Client client = connect("alice/guest/100");
		client.send(message("\"slow/admin/300\""));
		assertThat(this.held.await(10, TimeUnit.SECONDS)).isTrue();
		this.nodes.server(N1).disconnect("alice/admin");
		this.release.countDown();
		assertThat(client.connection().closeCode()).isEqualTo(1001);
	}

	@Test
	void socketThatIsDisconnectedWhileItRefreshesStaysClosed() throws Exception {
		Client client = connect("alice/guest/100");
		client.send(message("\"slow/admin/300\""));
		assertThat(this.held.await(10, TimeUnit.SECONDS)).isTrue();
		this.nodes.server(N1).disconnect("alice/guest");
		assertThat(client.connection().closeCode()).isEqualTo(1001);
		this.release.countDown();
		refresh(connect("carol/guest/100"), "carol/guest/200");
		await().untilAsserted(() -> assertThat(ChannelLeaks.revocable(this.nodes.server(N1)).keySet()).asString()
			.doesNotContain("alice"));
	}

	@Test
	void controllerMayEndItsChannelsWithAReason() {
		Client client = connect("alice/admin/100");
		client.joined("vault:1");
		client.joined("room:1");
		client.send(message("\"alice/guest/300\""));
		assertThat(List.of(client.next(), client.next())).anyMatch((text) -> text.contains("\"status\":\"ok\""))
			.contains("[\"1\",\"1\",\"vault:1\",\"phx_close\",{\"reason\":\"for admins\"}]");
		client.send("vault:1", "2", "open", "{}");
		client.gets(null, "2", "vault:1", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		client.send("room:1", "3", "who", "{}");
		assertThat(client.next()).contains("alice as guest");
		client.join("vault:1");
		client.getsReply("vault:1", "1", "error", "{\"reason\":\"for admins\"}");
	}

	@Test
	void controllerThatDecidesTheSameAgainKeepsItsChannels() {
		Client client = connect("alice/admin/100");
		client.joined("vault:1");
		refresh(client, "alice/admin/300");
		client.send("vault:1", "2", "open", "{}");
		client.getsReply("vault:1", "2", "ok", "{}");
	}

	@Test
	void controllerThatFailsOrDecidesNothingCrashesTheChannel(CapturedOutput output) {
		Client client = connect("alice/admin/100");
		for (String topic : List.of("broken:1", "silent:1")) {
			client.joined(topic);
			client.send(message("\"alice/admin/300\""));
			assertThat(List.of(client.next(), client.next())).anyMatch((text) -> text.contains("\"status\":\"ok\""))
				.contains("[\"1\",\"1\",\"" + topic + "\",\"phx_error\",{\"reason\":\"channel_crash\"}]");
		}
		await().untilAsserted(() -> assertThat(output).contains("Crash on a refresh in channel 'broken:1'",
				"no database", "Crash on a refresh in channel 'silent:1'", "returned null instead of a Reply"));
	}

	@Test
	void refreshesCountForTheRateOfMessages() throws Exception {
		this.nodes.start(Node.of("n3@127.0.0.1"), ChannelNodes.settings(10, 100, 1000, 0, 2, 0), List.of(new Room()));
		Client client = this.nodes.open(Node.of("n3@127.0.0.1"),
				ChannelNodes.request(Map.of("vsn", "2.0.0", "token", "alice/guest/100"), null));
		for (int i = 0; i < 10; i++) {
			client.send("[null,\"r\",\"phoenix\",\"refresh\",[]]");
		}
		assertThat(client.connection().closeCode()).isEqualTo(1008);
		assertThat(client.connection().all()).contains("rate_limited");
	}

	private Client connect(String token) {
		return this.nodes.open(N1, ChannelNodes.request(Map.of("vsn", "2.0.0", "token", token), null));
	}

	private static String message(String token) {
		return "[null,\"r\",\"phoenix\",\"refresh\",{\"params\":{\"token\":" + token + "}}]";
	}

	private static void refresh(Client client, String token) {
		client.send(message("\"" + token + "\""));
		assertThat(client.next()).startsWith("[null,\"r\",\"phoenix\",\"phx_reply\",").contains("\"status\":\"ok\"");
	}

	private static void refused(Client client, String reason) {
		client.gets(null, "r", "phoenix", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"%s\"}}".formatted(reason));
	}

	private void watch(Client client, int secondsLater) {
		client.session().watch(this.clock.addAndGet(Duration.ofSeconds(secondsLater).toNanos()));
	}

	private long count(RefreshOutcome outcome) {
		return this.nodes.server(N1).statistics().refreshes(outcome);
	}

	record User(String name, String role) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	@ChannelController("room:*")
	static class Room {

		@OnEvent("who")
		Map<String, Object> who(Channel channel, Principal user) {
			User present = (User) user;
			return Map.of("user", present.name() + " as " + present.role(), "role", channel.attributes().get("role"),
					"id", channel.socketId(), "refreshed", channel.attributes().getOrDefault("refreshed", 0));
		}

		@OnRefresh
		void refreshed(Channel channel) {
			channel.attributes().merge("refreshed", 1, (one, other) -> (int) one + (int) other);
		}

	}

	@ChannelController("vault:*")
	static class Vault {

		@OnJoin
		@OnRefresh
		Reply check(Principal user) {
			return ((User) user).role().equals("admin") ? Reply.ok() : Reply.refuse("for admins");
		}

		@OnEvent("open")
		Reply open() {
			return Reply.ok();
		}

	}

	@ChannelController("broken:*")
	static class Broken {

		@OnRefresh
		Reply refresh() {
			throw new IllegalStateException("no database");
		}

	}

	@ChannelController("silent:*")
	static class Silent {

		@OnRefresh
		@SuppressWarnings("NullAway")
		Reply refresh() {
			return null;
		}

	}

}
