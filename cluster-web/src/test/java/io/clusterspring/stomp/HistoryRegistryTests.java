package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.support.MessageBuilder;

import io.clusterspring.stomp.HistoryHeaders.Delivery;
import io.clusterspring.stomp.HistorySubscriptions.Asked;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HistoryRegistry} and {@link HistorySubscriptions}.
 */
class HistoryRegistryTests {

	private static final String PRICES = "/topic/prices";

	private final DefaultSubscriptionRegistry broker = new DefaultSubscriptionRegistry();

	private final HistorySubscriptions subscriptions = new HistorySubscriptions();

	private final List<Asked> asked = new ArrayList<>();

	private final HistoryRegistry registry = new HistoryRegistry(this.broker, this.subscriptions,
			new HistoryRegistry.Rules() {

				@Override
				public boolean isKept(Message<?> message) {
					return PRICES.equals(SimpMessageHeaderAccessor.getDestination(message.getHeaders()));
				}

				@Override
				public boolean catchesUp(String destination) {
					return PRICES.equals(destination);
				}

				@Override
				public void asked(Asked subscription) {
					HistoryRegistryTests.this.asked.add(subscription);
				}

			});

	HistoryRegistryTests() {
		this.registry.open(true);
	}

	private static Message<byte[]> frame(SimpMessageType type, String session, String id, String destination,
			@Nullable String position) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(type);
		headers.setSessionId(session);
		headers.setSubscriptionId(id);
		headers.setDestination(destination);
		if (position != null) {
			headers.setNativeHeader("cluster-position", position);
		}
		return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
	}

	private void subscribe(String session, String id, @Nullable String position) {
		this.registry.registerSubscription(frame(SimpMessageType.SUBSCRIBE, session, id, PRICES, position));
	}

	private static Message<byte[]> message(String destination) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination(destination);
		return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
	}

	private List<String> live() {
		return this.registry.findSubscriptions(HistoryHeaders.live(message(PRICES)))
			.entrySet()
			.stream()
			.flatMap((session) -> session.getValue().stream().map((id) -> session.getKey() + " " + id))
			.sorted()
			.toList();
	}

	private boolean begin(Asked subscription) {
		return subscription.begin(this.broker::registerSubscription);
	}

	@Test
	void onlyTheReaderOfALogReachesSubscriptionsOfItsDestination() {
		subscribe("s1", "a", null);
		this.registry.registerSubscription(frame(SimpMessageType.SUBSCRIBE, "s1", "b", "/topic/other", null));
		assertThat(this.registry.findSubscriptions(message(PRICES))).isEmpty();
		assertThat(this.registry.findSubscriptions(message("/topic/other"))).containsOnlyKeys("s1");
		assertThat(live()).containsExactly("s1 a");
		this.registry.open(false);
		assertThat(this.registry.findSubscriptions(message(PRICES))).containsOnlyKeys("s1");
	}

	@Test
	void aReplayHasOneReceiver() {
		subscribe("s1", "a", null);
		subscribe("s1", "b", null);
		subscribe("s2", "a", null);
		Message<byte[]> replayed = HistoryHeaders.kept(message(PRICES), "AAAAAAAB:1", new Delivery("s1", "b"));
		assertThat(this.registry.findSubscriptions(replayed)).hasSize(1).containsEntry("s1", List.of("b"));
	}

	@Test
	void aSubscriptionThatAsksBeginsLater() {
		subscribe("s1", "a", "");
		assertThat(live()).isEmpty();
		assertThat(this.subscriptions.live((destination) -> true)).isEmpty();
		assertThat(begin(this.asked.get(0))).isTrue();
		assertThat(live()).containsExactly("s1 a");
		assertThat(this.subscriptions.live(PRICES::equals)).containsExactly(this.asked.get(0));
		assertThat(begin(this.asked.get(0))).as("once").isFalse();
		this.registry.unregisterSubscription(frame(SimpMessageType.UNSUBSCRIBE, "s1", "a", PRICES, null));
		assertThat(live()).isEmpty();
		assertThat(this.subscriptions.live((destination) -> true)).isEmpty();
	}

	@Test
	void aSubscriptionThatHasEndedNeverBegins() {
		subscribe("s1", "a", "");
		subscribe("s1", "b", "");
		subscribe("s2", "a", "");
		this.registry.unregisterSubscription(frame(SimpMessageType.UNSUBSCRIBE, "s1", "a", PRICES, null));
		this.registry.unregisterAllSubscriptions("s2");
		assertThat(this.asked).extracting(this::begin).containsExactly(false, true, false);
		assertThat(live()).containsExactly("s1 b");
	}

	@Test
	void aSecondSubscriptionOfTheSameNameReplacesTheFirst() {
		subscribe("s1", "a", "");
		subscribe("s1", "a", "");
		assertThat(this.asked).extracting(this::begin).containsExactly(false, true);
		subscribe("s1", "a", "");
		assertThat(live()).as("it waits again").isEmpty();
		subscribe("s1", "a", null);
		assertThat(begin(this.asked.get(2))).isFalse();
		assertThat(live()).containsExactly("s1 a");
	}

	@Test
	void otherDestinationsAndUserDestinationsBeginAtOnce() {
		Message<byte[]> other = frame(SimpMessageType.SUBSCRIBE, "s1", "a", "/topic/other", "");
		this.registry.registerSubscription(other);
		SimpMessageHeaderAccessor resolved = SimpMessageHeaderAccessor
			.wrap(frame(SimpMessageType.SUBSCRIBE, "s1", "b", PRICES, ""));
		resolved.setNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, "/user/prices");
		this.registry.registerSubscription(MessageBuilder.createMessage(new byte[0], resolved.getMessageHeaders()));
		assertThat(this.asked).isEmpty();
		assertThat(live()).containsExactly("s1 b");
	}

	@Test
	void aSessionWithVeryManyThatWaitDoesNotWaitForMore() {
		for (int i = 0; i <= HistorySubscriptions.MOST_WAITING; i++) {
			subscribe("s1", "a" + i, "");
		}
		subscribe("s2", "a", "");
		assertThat(this.asked).filteredOn(Asked::isCrowded)
			.extracting((each) -> each.to().subscriptionId())
			.containsExactly("a" + HistorySubscriptions.MOST_WAITING);
	}

}
