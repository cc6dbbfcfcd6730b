package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.messaging.support.MessageBuilder;

import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.stomp.RoutedNode.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StompRouting} with three nodes, which count the frames that they get.
 */
class StompRoutingTests {

	private final LocalNetwork network = new LocalNetwork("stomp-routing");

	private final List<RoutedNode> nodes = new ArrayList<>();

	private RoutedNode n1;

	private RoutedNode n2;

	@BeforeEach
	void start() {
		this.n1 = start("n1", Kind.ROUTES, null);
		this.n2 = start("n2", Kind.ROUTES, null);
	}

	private RoutedNode start(String name, Kind kind, SubscriptionRegistry registry) {
		RoutedNode node = new RoutedNode(this.network.transport(Node.of(name + "@127.0.0.1")), kind, registry);
		this.nodes.add(node);
		this.nodes.forEach((each) -> each.awaitNodes(this.nodes.size()));
		return node;
	}

	@AfterEach
	void close() {
		this.nodes.forEach(RoutedNode::close);
		this.network.close();
	}

	@Test
	void messageGoesToTheNodeWithASessionOnly() throws Exception {
		RoutedNode n3 = start("n3", Kind.ROUTES, null);
		RecordedSession session = this.n2.connect();
		this.n2.subscribe(session, "1", "/topic/a");
		this.n1.awaitRouting("/topic/unheard", 2);
		long before = framesOf(this.n2);
		long others = framesOf(n3);
		long sent = this.n1.bridge.sent();
		publish("/topic/a", 10);
		publish("/topic/b", 5);
		assertThat(until(session, "9")).containsExactlyElementsOf(numbers(10));
		assertThat(framesOf(this.n2) - before).isEqualTo(10);
		assertThat(framesOf(n3)).isEqualTo(others);
		assertThat(this.n1.bridge.sent() - sent).isEqualTo(10);
	}

	@Test
	void patternsAreMatchedByThePublisher() throws Exception {
		RecordedSession session = this.n2.connect();
		this.n2.subscribe(session, "1", "/topic/price.*");
		this.n1.awaitRouting("/topic/unheard", 1);
		long before = framesOf(this.n2);
		publish("/topic/a", 5);
		publish("/topic/price.eur", 10);
		assertThat(until(session, "9")).containsExactlyElementsOf(numbers(10));
		assertThat(framesOf(this.n2) - before).isEqualTo(10);
		this.n2.unsubscribe(session, "1");
		this.n1.awaitRouting("/topic/price.eur", 1);
	}

	@Test
	void nodeWithManyPatternsGetsEverything() throws Exception {
		RecordedSession session = this.n2.connect();
		this.n1.awaitRouting("/topic/unheard", 1);
		for (int i = 0; i < 66; i++) {
			this.n2.subscribe(session, Integer.toString(i), "/topic/" + i + "/*");
		}
		assertThat(this.n2.announced()).as("64 patterns, and everything").isEqualTo(65);
		publish("/topic/65/x", 3);
		assertThat(until(session, "2")).containsExactly("0", "1", "2");
		this.n2.unsubscribe(session, "64");
		this.n2.unsubscribe(session, "65");
		this.n1.awaitRouting("/topic/unheard", 1);
		this.n2.unsubscribe(session, "0");
		this.n2.awaitAnnounced(63);
		this.n2.subscribe(session, "66", "/topic/66/*");
		assertThat(this.n2.announced()).as("there is room again").isEqualTo(64);
	}

	@Test
	void sessionThatEndsWithoutUnsubscribingNeedsNothing() throws Exception {
		RecordedSession first = this.n2.connect();
		RecordedSession second = this.n2.connect();
		this.n2.subscribe(first, "1", "/topic/a");
		this.n2.subscribe(first, "2", "/topic/a");
		this.n2.subscribe(second, "1", "/topic/a");
		this.n2.unsubscribe(first, "2");
		this.n2.unsubscribe(first, "2");
		this.n2.close(first);
		this.n2.close(first);
		this.n1.awaitRouting("/topic/unheard", 1);
		publish("/topic/a", 3);
		assertThat(until(second, "2")).containsExactly("0", "1", "2");
		this.n2.close(second);
		this.n2.awaitAnnounced(0);
		this.n1.awaitRouting("/topic/a", 1);
	}

	@Test
	void sessionEndsAlsoWhenItsDisconnectIsRefused() throws Exception {
		RecordedSession session = this.n2.connect();
		this.n2.subscribe(session, "1", "/topic/a");
		this.n2.fromClients.unsubscribe(this.n2.broker);
		this.n2.close(session);
		this.n2.awaitAnnounced(0);
	}

	@Test
	void subscriptionThatIsHandledAfterItsSessionHasEndedIsForgotten() throws Exception {
		RecordedSession session = this.n2.connect();
		this.n2.close(session);
		SimpMessageHeaderAccessor late = SimpMessageHeaderAccessor.create(SimpMessageType.SUBSCRIBE);
		late.setSessionId(session.getId());
		late.setSubscriptionId("1");
		late.setDestination("/topic/late");
		this.n2.fromClients.send(MessageBuilder.createMessage(new byte[0], late.getMessageHeaders()));
		this.n2.awaitAnnounced(0);
	}

	@Test
	void secondSubscriptionWithTheSameIdMakesTheNodeGetEverything() throws Exception {
		RecordedSession session = this.n2.connect();
		this.n2.subscribe(session, "1", "/topic/a");
		this.n2.subscribeAtOnce(session, "1", "/topic/a");
		assertThat(this.n2.announced()).isOne();
		this.n2.subscribeAtOnce(session, "1", "/topic/b");
		this.n2.subscribeAtOnce(session, "1", "/topic/c");
		assertThat(this.n2.announced()).isEqualTo(2);
		this.n2.unsubscribe(session, "1");
		this.n2.awaitAnnounced(0);
	}

	@Test
	void subscriptionsOfTheServerAndOfUsersAreNotAnnounced() throws Exception {
		RecordedSession session = this.n2.connect();
		this.n2.bridge.subscribe(session.getId(), "mark", "/topic/_mark");
		this.n2.subscribe(session, "1", "/queue/news-user" + session.getId());
		assertThat(this.n2.announced()).isZero();
		this.n1.awaitRouting("/topic/_mark", 1);
		publish("/queue/news-user" + session.getId(), 3);
		assertThat(until(session, "2")).as("sent to all nodes").containsExactly("0", "1", "2");
	}

	@Test
	void nodeThatKnowsNothingOfDestinationsGetsEverything() throws Exception {
		for (Kind kind : List.of(Kind.ROUTES_TOPICS, Kind.ROUTES_NOTHING)) {
			RoutedNode earlier = start(kind.name().replace('_', '-'), kind, null);
			RecordedSession session = earlier.connect();
			earlier.subscribe(session, "1", "/topic/a");
			await().until(() -> {
				long saved = this.n1.interests.statistics().savedFrames();
				this.n1.publish("/topic/a", "for n2 too");
				return this.n1.interests.statistics().savedFrames() == saved + 1;
			});
			publish("/topic/a", 3);
			assertThat(until(session, "2")).endsWith("0", "1", "2");
			RecordedSession here = this.n1.connect();
			this.n1.subscribe(here, "1", "/topic/back");
			earlier.publish("/topic/back", "0");
			assertThat(until(here, "0")).containsExactly("0");
		}
	}

	@Test
	void nodeWithARegistryOfTheApplicationGetsEverything() throws Exception {
		RoutedNode n3 = start("n3", Kind.ROUTES, new DefaultSubscriptionRegistry() {
		});
		this.n1.awaitRouting("/topic/unheard", 1);
		RecordedSession session = n3.connect();
		n3.subscribe(session, "1", "/topic/a");
		publish("/topic/a", 3);
		assertThat(until(session, "2")).containsExactly("0", "1", "2");
		this.n1.awaitRouting("/topic/unheard", 1);
	}

	@Test
	void nodeGetsEverythingWhenTheApplicationReplacesItsRegistry() throws Exception {
		this.n1.awaitRouting("/topic/unheard", 1);
		this.n2.broker.setSubscriptionRegistry(new DefaultSubscriptionRegistry());
		RecordedSession session = this.n2.connect();
		this.n2.subscribe(session, "1", "/topic/a");
		await().untilAsserted(() -> {
			this.n1.publish("/topic/a", "1");
			assertThat(session.bodies()).contains("1");
		});
	}

	@Test
	void receiptWaitsForANodeThatIsSilentButNotForEver() throws Exception {
		this.n1.awaitRouting("/topic/unheard", 1);
		RecordedSession session = this.n2.connect();
		this.n1.deaf = true;
		this.n2.subscribeAtOnce(session, "1", "/topic/a");
		this.network.settle();
		assertThat(this.n2.hasReceipt(session, "1")).isFalse();
		await().atMost(20, TimeUnit.SECONDS).until(() -> this.n2.hasReceipt(session, "1"));
		publish("/topic/a", 3);
		assertThat(until(session, "2")).containsExactly("0", "1", "2");
	}

	@Test
	void orderHoldsWhileSessionsComeAndGo() throws Exception {
		RecordedSession always = start("n3", Kind.ROUTES, null).connect();
		this.nodes.get(2).subscribe(always, "1", "/topic/changing");
		this.n1.awaitRouting("/topic/unheard", 2);
		AtomicBoolean over = new AtomicBoolean();
		Semaphore window = new Semaphore(500);
		Thread publisher = new Thread(() -> {
			for (int i = 0; !over.get(); i++) {
				window.acquireUninterruptibly();
				this.n1.publish("/topic/changing", Integer.toString(i));
			}
		});
		publisher.start();
		for (int i = 0; i < 30; i++) {
			RecordedSession session = this.n2.connect();
			this.n2.subscribe(session, "1", "/topic/" + ((i % 2 == 0) ? "changing" : "chang*"));
			int heard = session.bodies().size();
			// the publisher goes on with what another node has got
			await().until(() -> {
				window.release(20);
				return session.bodies().size() > heard + 3;
			});
			this.n2.close(session);
			assertConsecutive(session.bodies());
			long saved = this.n1.interests.statistics().savedFrames();
			await().until(() -> {
				window.release(20);
				return this.n1.interests.statistics().savedFrames() > saved;
			});
		}
		over.set(true);
		window.release();
		publisher.join();
		this.n1.publish("/topic/changing", "end");
		List<String> all = until(always, "end");
		assertConsecutive(all.subList(0, all.size() - 1));
	}

	private static void assertConsecutive(List<String> heard) {
		int first = Integer.parseInt(heard.get(0));
		assertThat(heard).isEqualTo(IntStream.range(first, first + heard.size()).mapToObj(Integer::toString).toList());
	}

	private void publish(String destination, int count) {
		numbers(count).forEach((number) -> this.n1.publish(destination, number));
	}

	private static List<String> numbers(int count) {
		return IntStream.range(0, count).mapToObj(Integer::toString).toList();
	}

	private long framesOf(RoutedNode node) {
		this.network.settle();
		return node.frames();
	}

	private static List<String> until(RecordedSession session, String last) {
		await().atMost(20, TimeUnit.SECONDS).until(() -> session.bodies().contains(last));
		return session.bodies();
	}

}
