package io.clusterspring.channel;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.RefusedSocket;
import io.clusterspring.channel.socket.SocketRefusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SocketAuthorizer} and the effect of its decisions.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketAuthorizerTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final SocketRequest REQUEST = ChannelNodes.request(Map.of("vsn", "2.0.0", "token", "s3cret"),
			() -> "http user");

	@AutoClose
	private ChannelNodes nodes = new ChannelNodes();

	@Test
	void withoutOneEverybodyMayConnectAsTheUserOfTheRequest() {
		Client client = start();
		client.join("who:1");
		client.getsReply("who:1", "1", "ok", "{\"user\":\"http user\",\"attributes\":{}}");
	}

	@Test
	void itMayRefuse() {
		List<SocketRequest> seen = new ArrayList<>();
		this.nodes = new ChannelNodes((request) -> {
			seen.add(request);
			return SocketAuthorization.refuse();
		});
		this.nodes.start(N1, 10, List.of(new Who()));
		assertThat(this.nodes.server(N1).connect(REQUEST)).isEqualTo(SocketRefusal.UNAUTHORIZED);
		assertThat(seen).containsExactly(REQUEST);
	}

	@Test
	void unknownVersionIsRefusedBeforeItIsAsked() {
		AtomicInteger asked = new AtomicInteger();
		this.nodes = new ChannelNodes((request) -> {
			asked.incrementAndGet();
			return SocketAuthorization.accept();
		});
		this.nodes.start(N1, 10, List.of(new Who()));
		assertThat(this.nodes.server(N1).connect(ChannelNodes.request(Map.of("vsn", "9.0.0"), null)))
			.isEqualTo(SocketRefusal.VERSION);
		assertThat(asked).hasValue(0);
	}

	@Test
	void anExceptionRefusesAndIsLoggedWithoutSecrets(CapturedOutput output) {
		this.nodes = new ChannelNodes((request) -> {
			throw new IllegalStateException("database is away");
		});
		this.nodes.start(N1, 10, List.of(new Who()));
		assertThat(this.nodes.server(N1).connect(REQUEST)).isEqualTo(SocketRefusal.UNAUTHORIZED);
		assertThat(output).contains("Refused the memory request for /socket", "database is away")
			.doesNotContain("s3cret");
	}

	@Test
	void itMaySetTheUserAndAttributes() {
		Client client = start((request) -> SocketAuthorization.accept()
			.withUser(() -> "token user")
			.withAttribute("tenant", "acme")
			.withAttribute("token", request.parameter("token").length()));
		client.join("who:1");
		client.getsReply("who:1", "1", "ok",
				"{\"user\":\"token user\",\"attributes\":{\"tenant\":\"acme\",\"token\":6}}");
	}

	@Test
	void channelsOfASocketDoNotSeeEachOthersChangesOfItsAttributes() {
		Client client = start((request) -> SocketAuthorization.accept().withAttribute("tenant", "acme"));
		client.join("who:1");
		client.getsReply("who:1", "1", "ok", "{\"user\":\"http user\",\"attributes\":{\"tenant\":\"acme\"}}");
		client.send("who:1", "2", "rename", "{}");
		client.getsReply("who:1", "2", "ok", "{\"tenant\":\"other\"}");
		client.join("who:2");
		client.getsReply("who:2", "1", "ok", "{\"user\":\"http user\",\"attributes\":{\"tenant\":\"acme\"}}");
	}

	@Test
	void allAuthorizersMustAcceptAndLaterValuesReplaceEarlierOnes() {
		Client client = start(
				(request) -> SocketAuthorization.accept()
					.withUser(() -> "first")
					.withAttribute("a", 1)
					.withAttribute("b", 1),
				(request) -> SocketAuthorization.accept().withAttribute("b", 2),
				(request) -> SocketAuthorization.accept().withUser(() -> "third"));
		client.join("who:1");
		client.getsReply("who:1", "1", "ok", "{\"user\":\"third\",\"attributes\":{\"a\":1,\"b\":2}}");
	}

	@Test
	void noAuthorizerIsCalledAfterARefusal() {
		AtomicInteger asked = new AtomicInteger();
		this.nodes = new ChannelNodes((request) -> SocketAuthorization.accept(),
				(request) -> SocketAuthorization.refuse(), (request) -> {
					asked.incrementAndGet();
					return SocketAuthorization.accept();
				});
		this.nodes.start(N1, 10, List.of(new Who()));
		assertThat(this.nodes.server(N1).connect(REQUEST)).isEqualTo(SocketRefusal.UNAUTHORIZED);
		assertThat(asked).hasValue(0);
	}

	@Test
	void itMayChooseTheStatusAndWhenToTryAgain() {
		this.nodes = new ChannelNodes((request) -> SocketAuthorization.accept().withId("a"),
				(request) -> SocketAuthorization.refuse(429).withRetryAfter(Duration.ofMillis(1500)).withId("b"));
		this.nodes.start(N1, 10, List.of(new Who()));
		RefusedSocket refused = (RefusedSocket) this.nodes.server(N1).connect(REQUEST);
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(1500));
		assertThat(refused.retryAfterSeconds()).isEqualTo("2");
		assertThat(refused.reason()).isEqualTo(SocketRefusal.UNAUTHORIZED);
		assertThat(this.nodes.server(N1).statistics().refusedSockets(SocketRefusal.UNAUTHORIZED)).isEqualTo(1);
		assertThat(SocketRefusal.FULL.retryAfterSeconds()).isEqualTo("1");
		assertThat(SocketRefusal.VERSION.retryAfterSeconds()).isNull();
	}

	@Test
	void statusOfARefusalIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> SocketAuthorization.refuse(200));
		assertThatIllegalArgumentException().isThrownBy(() -> SocketAuthorization.refuse(600));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SocketAuthorization.refuse().withRetryAfter(Duration.ofSeconds(-1)));
		assertThatIllegalStateException()
			.isThrownBy(() -> SocketAuthorization.accept().withRetryAfter(Duration.ofSeconds(1)));
	}

	@Test
	void refusalWithIdUserAndAttributesIsStillARefusal() {
		assertThat(SocketAuthorization.refuse().withId("a").withUser(() -> "a").withAttribute("a", 1).refused())
			.isNotNull();
		assertThat(SocketAuthorization.accept().withId("a").refused()).isNull();
	}

	@Test
	void headersAreCaseInsensitive() {
		SocketRequest request = new SocketRequest("/socket", "memory", Map.of("a", List.of("1", "2")),
				Map.of("X-Tenant", List.of("acme")), null, null, null);
		assertThat(request.header("x-tenant")).isEqualTo("acme");
		assertThat(request.header("x-other")).isNull();
		assertThat(request.parameter("a")).isEqualTo("1");
		assertThat(request.parameter("A")).isNull();
	}

	private Client start(SocketAuthorizer... authorizers) {
		this.nodes = new ChannelNodes(authorizers);
		this.nodes.start(N1, 10, List.of(new Who()));
		return this.nodes.open(N1, REQUEST);
	}

	@ChannelController("who:*")
	static class Who {

		@OnJoin
		Map<String, Object> join(Channel channel, Principal user) {
			return Map.of("user", user.getName(), "attributes", channel.attributes());
		}

		@OnEvent("rename")
		Map<String, Object> rename(Channel channel) {
			channel.attributes().put("tenant", "other");
			return channel.attributes();
		}

	}

}
