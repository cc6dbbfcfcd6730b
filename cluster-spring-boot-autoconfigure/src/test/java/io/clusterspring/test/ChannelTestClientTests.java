package io.clusterspring.test;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChannelTestClient} and its assertion messages.
 */
class ChannelTestClientTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--cluster.name=test-client", "--cluster.transport=local",
					"--cluster.channels.paths=/socket,/admin/socket");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void connectsWithTheConfiguredRequest() {
		Principal user = () -> "alice";
		try (ChannelTestClient client = ChannelTestClient.on(context)
			.path("/admin/socket")
			.parameter("a", "1")
			.header("X-B", "2")
			.authToken("3")
			.user(user)
			.connect()) {
			Map<String, String> seen = client.join("desk:1").response().payload(new ParameterizedTypeReference<>() {
			});
			assertThat(seen).isEqualTo(
					Map.of("path", "/admin/socket", "parameter", "1", "header", "2", "token", "3", "user", "alice"));
		}
	}

	@Test
	void expectsAcceptanceAndRefusal() {
		ChannelTestClient.on(context).parameter("refuse", "yes").expectRefused(403);
		fails(() -> ChannelTestClient.on(context).parameter("refuse", "yes").connect(),
				"Expected to connect to /socket, but got refused with 403");
		fails(() -> ChannelTestClient.on(context).expectRefused(403),
				"Expected to be refused with 403 at /socket, but got accepted");
	}

	@Test
	void distinguishesPushesFromBroadcasts() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			TestChannel desk = client.join("desk:2");
			// the broadcast comes before the reply
			desk.push("ring", Map.of("n", 1)).expectOk();
			client.within(SHORT);
			fails(() -> desk.expectPush("ring"), "Expected a push of 'ring' on desk:2 within PT0.05S, but got ",
					"broadcast of 'ring' on desk:2 {\"n\":1}");
			client.within(Duration.ofSeconds(20));
			desk.expectPush("seen");
			assertThat(desk.expectBroadcast("ring").json()).isEqualTo("{\"n\":1}");
			desk.expectNone("ring", SHORT);
		}
	}

	@Test
	void distinguishesReplies() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			TestChannel desk = client.join("desk:3");
			TestPush first = desk.push("no", Map.of());
			TestPush second = desk.push("ring", Map.of());
			second.expectOk();
			fails(first::expectOk, "Expected 'ok' in reply to 'no' on desk:3, but got reply 'error' on desk:3");
			assertThat(desk.push("no", Map.of()).expectError().json()).contains("reason");
		}
	}

	@Test
	void supportsBinaryPayloads() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			TestChannel desk = client.join("desk:4");
			byte[] payload = { 1, 2, (byte) 0xFF };
			assertThat(desk.push("ring", payload).expectOk().bytes()).isEqualTo(payload);
			assertThat(desk.expectBroadcast("ring").bytes()).isEqualTo(payload);
			assertThat(desk.push("echo", payload).expectOk().bytes()).isEqualTo(payload);
			assertThat(desk.expectPush("pushed").bytes()).isEqualTo(payload);
		}
	}

	@Test
	void expectsTheEndOfChannelsAndSockets() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			client.join("desk:5").leave();
			TestChannel crashing = client.join("desk:6");
			crashing.push("crash", Map.of());
			crashing.expectCrash();
			TestChannel closing = client.join("desk:7");
			closing.push("close", Map.of());
			closing.expectClose();
			TestChannel open = client.join("desk:8");
			context.getBean(Channels.class).disconnect("desk");
			client.expectClosed(1001);
			fails(() -> open.expectPush("ring"), "but got nothing and was closed with 1001");
		}
	}

	@Test
	@Timeout(30)
	void doesNotWaitForWhatCannotComeAfterTheEndOfTheChannel() {
		try (ChannelTestClient client = ChannelTestClient.connect(context).within(Duration.ofMinutes(2))) {
			TestChannel crashing = client.join("desk:9");
			fails(crashing.push("crash", Map.of())::expectOk,
					"Expected a reply to 'crash' on desk:9, but the channel has ended: got ",
					"push of 'phx_error' on desk:9 {\"reason\":\"channel_crash\"}");
			fails(() -> crashing.expectPush("seen"), "Expected a push of 'seen' on desk:9, but the channel has ended");
			fails(crashing::expectClose, "Expected phx_close on desk:9, but the channel has ended: got ");
			crashing.expectCrash();
			TestChannel closing = client.join("desk:10");
			TestPush close = closing.push("close", Map.of());
			fails(() -> close.expectReply("done"), "but the channel has ended: got ",
					"push of 'phx_close' on desk:10 {}");
			fails(closing::expectCrash, "Expected phx_error on desk:10, but the channel has ended: got ");
		}
	}

	@Test
	void theEndOfTheChannelBeforeIsNotThatOfTheNext() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			client.join("desk:11");
			TestChannel next = client.join("desk:11");
			next.push("echo", Map.of()).expectOk();
			next.expectPush("pushed");
		}
	}

	@Test
	void pushThatWasOnItsWayAtTheEndGetsAnError() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			TestChannel closing = client.join("desk:12");
			closing.push("close", Map.of());
			assertThat(closing.push("echo", Map.of()).expectError().json()).contains("unmatched topic");
		}
	}

	@Test
	void expectsThatAJoinIsRefused() {
		try (ChannelTestClient client = ChannelTestClient.connect(context)) {
			assertThat(client.expectJoinRefused("nowhere").json()).contains("unmatched topic");
			fails(() -> client.expectJoinRefused("desk:13"),
					"Expected 'error' in reply to 'phx_join' on desk:13, but got reply 'ok' on desk:13");
		}
	}

	private static void fails(Runnable expectation, String... message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(expectation::run)
			.satisfies((error) -> assertThat(error.getMessage()).contains(message));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Desk.class)
	static class Application {

		@Bean
		SocketAuthorizer authorizer() {
			return (request) -> (request.parameter("refuse") != null) ? SocketAuthorization.refuse()
					: SocketAuthorization.accept()
						.withId("desk")
						.withAttribute("path", request.path())
						.withAttribute("parameter", String.valueOf(request.parameter("a")))
						.withAttribute("header", String.valueOf(request.header("x-b")))
						.withAttribute("token", String.valueOf(request.authToken()));
		}

	}

	@ChannelController("desk:{number}")
	static class Desk {

		@OnJoin
		Map<String, Object> join(Channel channel) {
			Principal user = channel.user();
			channel.attributes().put("user", (user != null) ? user.getName() : "nobody");
			return channel.attributes();
		}

		@OnEvent("ring")
		Object ring(Channel channel, ChannelPayload payload) {
			channel.broadcast("ring", payload);
			channel.broadcast("seen", Map.of());
			return payload;
		}

		@OnEvent("echo")
		ChannelPayload echo(Channel channel, ChannelPayload payload) {
			channel.push("pushed", payload);
			return payload;
		}

		@OnBroadcast("seen")
		Map<String, Object> seen() {
			return Map.of();
		}

		@OnEvent("no")
		Reply no() {
			return Reply.refuse("no");
		}

		@OnEvent("crash")
		void crash() {
			throw new IllegalStateException("as wanted");
		}

		@OnEvent("close")
		void close(Channel channel) {
			channel.close();
		}

	}

}
