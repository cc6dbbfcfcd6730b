package io.clusterspring.stomp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.util.MimeTypeUtils;

import io.clusterspring.Cluster;
import io.clusterspring.PayloadLimit;
import io.clusterspring.PayloadTooLargeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for an application with the simple broker on two nodes, with real clients. A last
 * message on the same path shows that no message arrived twice or at the wrong client
 * before it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StompBridgeTestCases {

	private StompNode here;

	private StompNode there;

	abstract StompNode start(String node);

	@BeforeAll
	void startNodes() {
		this.here = start("n1@127.0.0.1");
		this.there = start("n2@127.0.0.1");
		await().atMost(30, TimeUnit.SECONDS).until(() -> this.here.bean(Cluster.class).view().nodes().size() == 2);
	}

	@AfterAll
	void closeNodes() {
		this.here.close();
		this.there.close();
	}

	@AfterEach
	void closeClients() {
		this.here.closeClients();
		this.there.closeClients();
		awaitUsers(0);
	}

	@Test
	void messageOfTheApplicationReachesSubscribersOnAllNodesOnce() {
		StompClient.Inbox local = this.here.connect(null).subscribe("/topic/a");
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/a");
		this.here.template().convertAndSend("/topic/a", "1");
		this.here.template().convertAndSend("/topic/a", "2");
		assertThat(local.until("2")).containsExactly("1", "2");
		assertThat(remote.until("2")).containsExactly("1", "2");
	}

	@Test
	void messageOfAClientToTheBrokerReachesSubscribersOnAllNodesOnce() {
		StompClient sender = this.here.connect("jane");
		StompClient.Inbox own = sender.subscribe("/queue/a");
		StompClient.Inbox remote = this.there.connect(null).subscribe("/queue/a");
		StompClient.Inbox other = this.there.connect(null).subscribe("/queue/b");
		sender.send("/queue/a", "1");
		sender.send("/queue/a", "2");
		sender.send("/queue/b", "3");
		assertThat(own.until("2")).containsExactly("1", "2");
		assertThat(remote.until("2")).containsExactly("1", "2");
		assertThat(other.until("3")).containsExactly("3");
	}

	@Test
	void messageThatIsTooLargeReachesNoSubscriberAndItsSenderGetsAnException() {
		StompClient.Inbox local = this.here.connect(null).subscribe("/topic/large");
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/large");
		byte[] large = new byte[(int) PayloadLimit.DEFAULT + 1];
		assertThatExceptionOfType(MessageDeliveryException.class)
			.isThrownBy(() -> this.here.template().convertAndSend("/topic/large", large))
			.withMessageContaining("cluster.max-payload-size is 16777216 bytes")
			.withCauseInstanceOf(PayloadTooLargeException.class);
		this.here.template().convertAndSend("/topic/large", "last");
		assertThat(local.until("last")).containsExactly("last");
		assertThat(remote.until("last")).containsExactly("last");
	}

	@Test
	void oneClientWithTwoSubscriptionsGetsOneMessageForEach() {
		StompClient client = this.there.connect(null);
		StompClient.Inbox exact = client.subscribe("/topic/price.eur");
		StompClient.Inbox pattern = client.subscribe("/topic/price.*");
		this.here.template().convertAndSend("/topic/price.eur", "1");
		this.here.template().convertAndSend("/topic/price.usd", "2");
		this.here.template().convertAndSend("/topic/price.eur", "3");
		assertThat(exact.until("3")).containsExactly("1", "3");
		assertThat(pattern.until("3")).containsExactly("1", "2", "3");
	}

	@Test
	void returnValueReachesSubscribersOnAllNodesAndTheMethodIsCalledOnOneNode() {
		StompClient sender = this.here.connect(null);
		StompClient.Inbox local = sender.subscribe("/topic/shouts");
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/shouts");
		sender.send("/app/shout", "{\"text\":\"hi\",\"number\":1}");
		sender.send("/app/shout", "{\"text\":\"hi\",\"number\":2}");
		String last = "{\"text\":\"HI\",\"number\":2}";
		assertThat(local.until(last)).hasSize(2);
		assertThat(remote.until(last)).hasSize(2);
		assertThat(this.here.bean(StompApp.Greetings.class).calls).hasSize(2);
		assertThat(this.there.bean(StompApp.Greetings.class).calls).isEmpty();
	}

	@Test
	void aUserOnAnotherNodeGetsAMessageOnceForEachSession() {
		StompClient.Inbox first = this.there.connect("jane").subscribe("/user/queue/news");
		StompClient.Inbox second = this.there.connect("jane").subscribe("/user/queue/news");
		StompClient.Inbox john = this.there.connect("john").subscribe("/user/queue/news");
		awaitUsers(2);
		sendToUser("jane", "1");
		sendToUser("john", "2");
		sendToUser("jane", "3");
		assertThat(first.until("3")).containsExactly("1", "3");
		assertThat(second.until("3")).containsExactly("1", "3");
		assertThat(john.until("2")).containsExactly("2");
	}

	@Test
	void aUserOnTwoNodesGetsAMessageOnceForEachSession() {
		StompClient.Inbox first = this.here.connect("jane").subscribe("/user/queue/news");
		StompClient.Inbox second = this.there.connect("jane").subscribe("/user/queue/news");
		awaitSessions("jane", 2);
		sendToUser("jane", "1");
		sendToUser("jane", "2");
		assertThat(first.until("2")).containsExactly("1", "2");
		assertThat(second.until("2")).containsExactly("1", "2");
		assertThat(first.only().headers().getDestination()).isEqualTo("/user/queue/news");
		assertThat(second.only().headers().getDestination()).isEqualTo("/user/queue/news");
	}

	@Test
	void aUserWithASlashInTheNameIsFound() {
		StompClient.Inbox inbox = this.there.connect("sales/jane").subscribe("/user/queue/news");
		awaitUsers(1);
		sendToUser("sales/jane", "1");
		assertThat(inbox.until("1")).containsExactly("1");
	}

	@Test
	void messageForOneSessionOnAnotherNodeReachesOnlyThatSession() {
		StompClient.Inbox local = this.here.connect("jane").subscribe("/user/queue/news");
		StompClient.Inbox meant = this.there.connect("jane").subscribe("/user/queue/news");
		awaitSessions("jane", 2);
		String sessionId = sessionOnOtherNode("jane");
		StompClient.Inbox another = this.there.connect("jane").subscribe("/user/queue/news");
		awaitSessions("jane", 3);
		this.here.template().convertAndSendToUser("jane", "/queue/news", "1", forSession(sessionId));
		sendToUser("jane", "2");
		assertThat(meant.until("2")).containsExactly("1", "2");
		assertThat(local.until("2")).containsExactly("2");
		assertThat(another.until("2")).containsExactly("2");
	}

	@Test
	void anAnonymousSessionOnAnotherNodeIsReachedByItsId() {
		StompClient client = this.there.connect(null);
		StompClient.Inbox meant = client.subscribe("/user/queue/news");
		StompClient.Inbox other = this.there.connect(null).subscribe("/user/queue/news");
		String sessionId = sessionOf(client);
		this.here.template().convertAndSendToUser(sessionId, "/queue/news", "1", forSession(sessionId));
		this.here.template().convertAndSendToUser(sessionId, "/queue/news", "2", forSession(sessionId));
		assertThat(meant.until("2")).containsExactly("1", "2");
		assertThat(other.payloads()).isEmpty();
	}

	@Test
	void anAnswerToOneSessionStaysThere() {
		StompClient sender = this.here.connect("jane");
		StompClient.Inbox own = sender.subscribe("/user/queue/replies");
		StompClient.Inbox otherNode = this.there.connect("jane").subscribe("/user/queue/replies");
		awaitSessions("jane", 2);
		sender.send("/app/one", "{\"text\":\"hi\",\"number\":1}");
		sender.send("/app/all", "{\"text\":\"hi\",\"number\":2}");
		String last = "{\"text\":\"hi\",\"number\":2}";
		assertThat(own.until(last)).hasSize(2);
		assertThat(otherNode.until(last)).hasSize(1);
	}

	@Test
	void anAnswerToAnAnonymousSessionStaysThere() {
		StompClient sender = this.here.connect(null);
		StompClient.Inbox own = sender.subscribe("/user/queue/replies");
		long sent = this.here.bean(BrokerBridge.class).sent();
		sender.send("/app/all", "{\"text\":\"hi\",\"number\":1}");
		assertThat(own.until("{\"text\":\"hi\",\"number\":1}")).hasSize(1);
		assertThat(this.here.bean(BrokerBridge.class).sent()).isEqualTo(sent);
	}

	@Test
	void aClientMaySendToAUserOnAnotherNodeButNotToItsSession() {
		StompClient.Inbox jane = this.there.connect("jane").subscribe("/user/queue/news");
		awaitUsers(1);
		String sessionId = sessionOnOtherNode("jane");
		StompClient sender = this.here.connect("john");
		sender.send("/user/" + sessionId + "/queue/news", "1");
		sender.send("/user/jane/queue/news", "2");
		assertThat(jane.until("2")).containsExactly("2");
	}

	@Test
	void anAnswerToASubscriptionStaysLocal() {
		long sent = this.here.bean(BrokerBridge.class).sent();
		StompClient.Inbox answer = this.here.connect(null).ask("/app/welcome");
		assertThat(answer.until("{\"text\":\"welcome\",\"number\":0}")).hasSize(1);
		assertThat(this.here.bean(BrokerBridge.class).sent()).isEqualTo(sent);
	}

	@Test
	void selectorsSeeTheHeadersOfMessagesFromAnotherNode() {
		StompClient.Inbox red = this.there.connect(null).subscribe("/topic/colours", "headers.colour == 'red'");
		StompClient.Inbox all = this.there.connect(null).subscribe("/topic/colours");
		this.here.template().convertAndSend("/topic/colours", "1", Map.of("colour", "blue"));
		this.here.template().convertAndSend("/topic/colours", "2", Map.of("colour", "red"));
		assertThat(red.until("2")).containsExactly("2");
		assertThat(all.until("2")).containsExactly("1", "2");
	}

	@Test
	void headersOfTheFrameAndTheContentTypeAreSentButNoHeadersOfTheSession() {
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/headers");
		StompHeaders headers = new StompHeaders();
		headers.setDestination("/topic/headers");
		headers.setContentType(MimeTypeUtils.TEXT_XML);
		headers.add("shop", "a:b\nc");
		headers.add(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, "/topic/forged");
		this.here.connect("jane").send(headers, "<a/>");
		StompClient.Frame frame = remote.only();
		assertThat(frame.payload()).isEqualTo("<a/>");
		assertThat(frame.headers().keySet()).containsExactlyInAnyOrder("destination", "content-type", "shop",
				"content-length", "message-id", "subscription");
		assertThat(frame.headers().getContentType()).isEqualTo(MimeTypeUtils.TEXT_XML);
		assertThat(frame.headers().getFirst("shop")).isEqualTo("a:b\nc");
		assertThat(frame.headers().getDestination()).isEqualTo("/topic/headers");
	}

	@Test
	void objectsArriveAsJsonAndBytesUnchanged() {
		StompClient.Inbox remote = this.there.connect(null).subscribe("/news/1");
		this.here.template().convertAndSend("/news/1", new StompApp.Greeting("é", 7));
		this.here.template().convertAndSend("/news/1", "é".getBytes(StandardCharsets.ISO_8859_1));
		this.here.template().convertAndSend("/news/1", "");
		remote.until("");
		assertThat(remote.payloads()).hasSize(3).startsWith("{\"text\":\"é\",\"number\":7}", "\uFFFD");
		assertThat(remote.only().headers().getContentType()).isEqualTo(MimeTypeUtils.APPLICATION_JSON);
	}

	@Test
	void messageThatAnInterceptorRefusesIsNotSentToOtherNodes() {
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/forbidden");
		StompClient sender = this.here.connect(null);
		StompHeaders headers = new StompHeaders();
		headers.setDestination("/topic/forbidden");
		headers.setReceipt("unanswered");
		sender.sendUnconfirmed(headers, "1");
		sender.send("/topic/allowed", "2");
		this.here.template().convertAndSend("/topic/forbidden", "3");
		assertThat(remote.until("3")).containsExactly("3");
	}

	@Test
	void configuredLocalDestinationIsNotSentToOtherNodes() {
		StompClient.Inbox local = this.here.connect(null).subscribe("/topic/local/a");
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/local/a");
		this.here.template().convertAndSend("/topic/local/a", "1");
		assertThat(local.until("1")).containsExactly("1");
		this.there.template().convertAndSend("/topic/local/a", "2");
		assertThat(remote.until("2")).containsExactly("2");
	}

	@Test
	void aMessageFromAnotherNodeReachesNoMethod() {
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/anything");
		this.here.template().convertAndSend("/topic/anything", "1");
		this.here.connect(null).send("/topic/anything", "2");
		assertThat(remote.until("2")).contains("1", "2");
		assertThat(this.there.bean(StompApp.Greetings.class).calls).isEmpty();
	}

	@Test
	void messagesOfOneClientArriveInOrder() {
		List<String> numbers = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
		StompClient.Inbox remote = this.there.connect(null).subscribe("/topic/order");
		StompClient sender = this.here.connect(null);
		numbers.forEach((number) -> sender.sendUnconfirmed("/topic/order", number));
		assertThat(remote.until("499")).isEqualTo(numbers);
	}

	@Test
	void theRegistryKnowsTheUsersOfBothNodes() {
		this.here.connect("jane").subscribe("/topic/a");
		this.there.connect("jane").subscribe("/topic/b");
		this.there.connect("john");
		this.there.connect(null);
		awaitSessions("jane", 2);
		awaitUsers(2);
		for (StompNode node : List.of(this.here, this.there)) {
			assertThat(node.users().getUsers()).extracting(SimpUser::getName).containsExactlyInAnyOrder("jane", "john");
			await().atMost(20, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(node.users().findSubscriptions((subscription) -> true))
					.extracting((subscription) -> subscription.getSession().getUser().getName() + " "
							+ subscription.getDestination())
					.containsExactlyInAnyOrder("jane /topic/a", "jane /topic/b"));
			assertThat(node.users().getUser("nobody")).isNull();
		}
		assertThat(this.here.users().getUser("john").getPrincipal()).isNull();
		assertThat(this.there.users().getUser("john").getPrincipal()).isNotNull();
	}

	@Test
	void userSessionEventsArePublishedOnBothNodes() {
		List<StompSessionEvent> events = this.here.bean(StompApp.Heard.class).events;
		events.clear();
		StompClient client = this.there.connect("jane");
		await().atMost(20, TimeUnit.SECONDS).until(() -> events.size() == 1);
		client.close();
		await().atMost(20, TimeUnit.SECONDS).until(() -> events.size() == 2);
		String sessionId = events.get(0).sessionId();
		assertThat(events).containsExactly(new UserSessionConnected(this.there.node(), "jane", sessionId),
				new UserSessionDisconnected(this.there.node(), "jane", sessionId));
	}

	@Test
	void anonymousSessionsAreToldOnBothNodes() {
		List<StompSessionEvent> events = this.here.bean(StompApp.Heard.class).events;
		events.clear();
		this.there.connect(null).close();
		await().atMost(20, TimeUnit.SECONDS).until(() -> events.size() == 2);
		String sessionId = events.get(0).sessionId();
		assertThat(events).containsExactly(new AnonymousSessionConnected(this.there.node(), sessionId),
				new AnonymousSessionDisconnected(this.there.node(), sessionId));
	}

	private static String sessionOf(StompClient client) {
		StompClient.Inbox replies = client.subscribe("/user/queue/replies");
		client.send("/app/one", "{\"text\":\"hi\",\"number\":1}");
		String messageId = replies.only().headers().getMessageId();
		return messageId.substring(0, messageId.lastIndexOf('-'));
	}

	private void sendToUser(String user, String payload) {
		this.here.template().convertAndSendToUser(user, "/queue/news", payload);
	}

	private static Map<String, Object> forSession(String sessionId) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		accessor.setSessionId(sessionId);
		accessor.setLeaveMutable(true);
		return accessor.getMessageHeaders();
	}

	private String sessionOnOtherNode(String user) {
		Set<SimpSession> sessions = this.here.users().getUser(user).getSessions();
		return sessions.stream()
			.filter((session) -> session instanceof RemoteSession)
			.map(SimpSession::getId)
			.findFirst()
			.orElseThrow();
	}

	private void awaitUsers(int count) {
		await().atMost(20, TimeUnit.SECONDS)
			.until(() -> this.here.users().getUserCount() == count && this.there.users().getUserCount() == count);
	}

	private void awaitSessions(String user, int count) {
		await().atMost(20, TimeUnit.SECONDS)
			.until(() -> count(this.here, user) == count && count(this.there, user) == count);
	}

	private static int count(StompNode node, String user) {
		SimpUser known = node.users().getUser(user);
		return (known != null) ? known.getSessions().size() : 0;
	}

}
