package io.clusterspring.stomp;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.AntPathMatcher;

import io.clusterspring.Node;
import io.clusterspring.stomp.BridgeRules.Receivers;
import io.clusterspring.stomp.BridgeRules.Source;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BridgeRules}. Jane has session s1 on this node, s2 on n2 and s3 on n3.
 * John has session s4 on n2.
 */
class BridgeRulesTests {

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	private static final byte[] PAYLOAD = {};

	private static final UserLocations USERS = new UserLocations() {

		private final Map<String, Map<String, Node>> elsewhere = Map.of("jane", Map.of("s2", N2, "s3", N3), "john",
				Map.of("s4", N2));

		@Override
		public boolean isLocal(String sessionId) {
			return Set.of("s1", "anonymous").contains(sessionId);
		}

		@Override
		public boolean isLocal(String user, String sessionId) {
			return user.equals("jane") && sessionId.equals("s1");
		}

		@Override
		public @Nullable Node nodeOf(String user, String sessionId) {
			return this.elsewhere.getOrDefault(user, Map.of()).get(sessionId);
		}

		@Override
		public Set<Node> nodesOf(String user) {
			return Set.copyOf(this.elsewhere.getOrDefault(user, Map.of()).values());
		}

	};

	private final BridgeRules rules = rules(List.of("/topic", "/queue"));

	@Test
	void messageForTheBrokerIsSentToAllNodes() {
		assertThat(decide(Source.CLIENT, "/topic/a", "s1")).isEqualTo(Receivers.ALL);
		assertThat(decide(Source.APPLICATION, "/queue/a", null)).isEqualTo(Receivers.ALL);
		assertThat(decide(Source.APPLICATION, "/topic/a", "s1")).isEqualTo(Receivers.ALL);
	}

	@Test
	void onlyMessagesAreSentToOtherNodes() {
		for (SimpMessageType type : SimpMessageType.values()) {
			Receivers receivers = this.rules.decide(Source.CLIENT, message(type, "/topic/a", "s1", PAYLOAD, null));
			assertThat(receivers != null).as(type.name()).isEqualTo(type == SimpMessageType.MESSAGE);
		}
		Message<byte[]> noneOfSpringsTypes = MessageBuilder.withPayload(PAYLOAD)
			.setHeader(SimpMessageHeaderAccessor.DESTINATION_HEADER, "/topic/a")
			.build();
		assertThat(this.rules.decide(Source.APPLICATION, noneOfSpringsTypes)).isNull();
	}

	@Test
	void messageThatTheBrokerDoesNotDeliverStaysLocal() {
		assertThat(decide(Source.CLIENT, "/app/a", "s1")).isNull();
		assertThat(decide(Source.APPLICATION, "/elsewhere", null)).isNull();
		assertThat(decide(Source.APPLICATION, null, null)).isNull();
	}

	@Test
	void aBrokerWithoutPrefixesDeliversEverything() {
		BridgeRules all = rules(List.of());
		assertThat(all.decide(Source.CLIENT, message("/app/a", "s1"))).isEqualTo(Receivers.ALL);
		assertThat(all.decide(Source.CLIENT, message("/user/nobody/queue/a", "s1"))).isNull();
	}

	@Test
	void payloadThatIsNotBytesStaysLocal() {
		assertThat(this.rules.decide(Source.APPLICATION,
				message(SimpMessageType.MESSAGE, "/topic/a", null, "a text", null)))
			.isNull();
	}

	@Test
	void messageResolvedToASessionStaysLocal() {
		assertThat(this.rules.decide(Source.APPLICATION,
				message(SimpMessageType.MESSAGE, "/queue/a-users1", null, PAYLOAD, "/user/queue/a")))
			.isNull();
	}

	@Test
	void headerOfAResolvedMessageIsIgnoredFromClients() {
		assertThat(this.rules.decide(Source.CLIENT,
				message(SimpMessageType.MESSAGE, "/topic/a", "s1", PAYLOAD, "/user/queue/a")))
			.isEqualTo(Receivers.ALL);
	}

	@Test
	void messageForAUserIsSentToTheNodesOfTheUser() {
		assertThat(decide(Source.APPLICATION, "/user/jane/queue/a", null)).isEqualTo(to(null, N2, N3));
		assertThat(decide(Source.APPLICATION, "/user/john/queue/a", null)).isEqualTo(to(null, N2));
		assertThat(decide(Source.APPLICATION, "/user/nobody/queue/a", null)).isNull();
	}

	@Test
	void messageOfTheApplicationForALocalSessionStaysLocal() {
		assertThat(decide(Source.APPLICATION, "/user/jane/queue/a", "s1")).isNull();
		assertThat(decide(Source.APPLICATION, "/user/anonymous/queue/a", "anonymous")).isNull();
		assertThat(decide(Source.APPLICATION, "/user/john/queue/a", "anonymous")).isNull();
	}

	@Test
	void messageOfTheApplicationForARemoteSessionIsSentToItsNode() {
		assertThat(decide(Source.APPLICATION, "/user/jane/queue/a", "s3")).isEqualTo(to("s3", N3));
	}

	@Test
	void messageOfTheApplicationForAnUnknownSessionIsForAllSessionsOfTheUser() {
		assertThat(decide(Source.APPLICATION, "/user/jane/queue/a", "gone")).isEqualTo(to(null, N2, N3));
	}

	@Test
	void messageOfTheApplicationForARemoteAnonymousSessionIsSentToAllNodes() {
		assertThat(decide(Source.APPLICATION, "/user/s9/queue/a", "s9")).isEqualTo(new Receivers(null, "s9"));
	}

	@Test
	void messageOfAClientForAnotherUserIsSentWithoutTheSenderSession() {
		assertThat(decide(Source.CLIENT, "/user/john/queue/a", "s1")).isEqualTo(to(null, N2));
		assertThat(decide(Source.CLIENT, "/user/jane/queue/a", "anonymous")).isEqualTo(to(null, N2, N3));
	}

	@Test
	void messageOfAClientForItselfStaysLocal() {
		assertThat(decide(Source.CLIENT, "/user/jane/queue/a", "s1")).isNull();
		assertThat(decide(Source.CLIENT, "/user/s1/queue/a", "s1")).isNull();
	}

	@Test
	void aClientDoesNotReachTheSessionOfAnother() {
		assertThat(decide(Source.CLIENT, "/user/s4/queue/a", "s1")).isNull();
	}

	@Test
	void userDestinationWithoutAUserStaysLocal() {
		assertThat(decide(Source.APPLICATION, "/user/queue", null)).isNull();
	}

	@Test
	void configuredLocalDestinationStaysLocal() {
		assertThat(decide(Source.CLIENT, "/topic/local/a/b", "s1")).isNull();
		assertThat(decide(Source.APPLICATION, "/user/john/queue/errors", null)).isNull();
	}

	private @Nullable Receivers decide(Source source, @Nullable String destination, @Nullable String sessionId) {
		return this.rules.decide(source, message(destination, sessionId));
	}

	private static BridgeRules rules(List<String> prefixes) {
		return new BridgeRules(prefixes, "/user/", List.of("/topic/local/**", "/user/queue/errors"),
				new AntPathMatcher(), USERS);
	}

	private static Receivers to(@Nullable String sessionId, Node... nodes) {
		return new Receivers(Set.of(nodes), sessionId);
	}

	private static Message<?> message(@Nullable String destination, @Nullable String sessionId) {
		return message(SimpMessageType.MESSAGE, destination, sessionId, PAYLOAD, null);
	}

	private static Message<?> message(SimpMessageType type, @Nullable String destination, @Nullable String sessionId,
			Object payload, @Nullable String originalDestination) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(type);
		accessor.setDestination(destination);
		accessor.setSessionId(sessionId);
		if (originalDestination != null) {
			accessor.setNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, originalDestination);
		}
		return MessageBuilder.createMessage(payload, accessor.getMessageHeaders());
	}

}
