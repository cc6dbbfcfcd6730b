package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.messaging.simp.stomp.StompHeaders;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.stomp.StompClient.Frame;
import io.clusterspring.stomp.StompClient.Inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for destinations with history, with two nodes and Spring's client.
 */
@Timeout(180)
class StompHistoryIntegrationTests {

	private static final String PRICES = "/topic/prices.eur";

	private final LocalNetwork network = new LocalNetwork("stomp-history");

	private final List<StompNode> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(StompNode::close);
		this.network.close();
	}

	private StompNode start(String name, String... more) {
		StompNode node = StompNode.start(name + "@127.0.0.1", this.network, StompApp.class, more);
		this.nodes.add(node);
		await().atMost(30, TimeUnit.SECONDS)
			.until(() -> this.nodes.stream()
				.allMatch((each) -> each.bean(Cluster.class).view().nodes().size() == this.nodes.size()));
		return node;
	}

	private StompNode kept(String name, int size) {
		return start(name, "--cluster.history.prices.destinations=/topic/prices.*, /topic/shouts",
				"--cluster.history.prices.size=" + size, "--cluster.stomp.local-destinations=/topic/prices.local",
				"--ordered=false");
	}

	private static void publish(StompNode node, String destination, String prefix, int from, int to) {
		for (int i = from; i <= to; i++) {
			node.template().convertAndSend(destination, prefix + i);
		}
	}

	@Test
	void aClientThatMovesBetweenNodesGetsEachMessageOnceAndInOrder() throws Exception {
		StompNode one = kept("n1", 5000);
		StompNode two = kept("n2", 5000);
		AtomicBoolean running = new AtomicBoolean(true);
		int[] published = new int[2];
		Semaphore room = new Semaphore(0);
		List<Thread> publishers = IntStream.range(0, 2).mapToObj((index) -> new Thread(() -> {
			StompNode node = List.of(one, two).get(index);
			while (running.get()) {
				if (room.tryAcquire()) {
					node.template().convertAndSend(PRICES, "n" + index + " " + ++published[index]);
				}
				if (room.availablePermits() % 5 == 0) {
					LockSupport.parkNanos(1_000_000);
				}
			}
		})).toList();
		Follower follower = new Follower();
		StompClient stays = one.connect(null);
		Inbox all = stays.subscribe(PRICES);
		StompClient client = one.connect(null);
		Inbox inbox = follower.subscribe(client, PRICES);
		follower.until(inbox, 1);
		publishers.forEach(Thread::start);
		for (int round = 2; round <= 12; round++) {
			room.release(500 - room.availablePermits());
			int before = follower.got.size();
			Inbox present = inbox;
			await().atMost(30, TimeUnit.SECONDS).until(() -> {
				follower.handle(present);
				return follower.got.size() > before + 3;
			});
			client.close();
			client = ((round % 2 == 0) ? two : one).connect(null);
			inbox = follower.subscribe(client, PRICES);
			follower.until(inbox, round);
		}
		running.set(false);
		for (Thread publisher : publishers) {
			publisher.join();
		}
		publish(one, PRICES, "end", 1, 1);
		publish(two, PRICES, "end", 2, 2);
		follower.untilGot(inbox, "end1");
		follower.untilGot(inbox, "end2");
		assertThat(follower.answers).startsWith("none").hasSize(12);
		assertThat(follower.answers.subList(1, 12)).containsOnly("true");
		all.until("end1");
		all.until("end2");
		for (int index = 0; index < 2; index++) {
			String prefix = "n" + index + " ";
			List<String> expected = IntStream.rangeClosed(1, published[index]).mapToObj((i) -> prefix + i).toList();
			assertThat(follower.got).filteredOn((text) -> text.startsWith(prefix)).isEqualTo(expected);
			assertThat(all.payloads()).filteredOn((text) -> text.startsWith(prefix)).isEqualTo(expected);
		}
	}

	@Test
	void aClientThatComesTooLateIsToldBeforeLiveMessages() {
		StompNode one = kept("n1", 5);
		Follower follower = new Follower();
		StompClient client = one.connect(null);
		follower.until(follower.subscribe(client, PRICES), 1);
		client.close();
		publish(one, PRICES, "missed", 1, 6);
		Inbox inbox = follower.subscribe(one.connect(null), PRICES);
		follower.until(inbox, 2);
		publish(one, PRICES, "live", 1, 1);
		follower.untilGot(inbox, "live1");
		assertThat(follower.answers).containsExactly("none", "false evicted");
		assertThat(follower.got).containsExactly("live1");
		assertThat(one.bean(DestinationHistory.class).statistics().catchUps()).containsEntry("evicted", 1L)
			.containsEntry("recovered", 0L);
	}

	@Test
	void aSubscriptionToANameThatNobodyUsesTakesNoRoom() {
		StompNode one = kept("n1", 5);
		Follower follower = new Follower();
		StompClient client = one.connect(null);
		Inbox inbox = follower.subscribe(client, "/topic/prices.unused");
		follower.until(inbox, 1);
		await().until(() -> one.bean(DestinationHistory.class).statistics().topics() == 0);
		publish(one, "/topic/prices.unused", "first", 1, 1);
		follower.untilGot(inbox, "first1");
	}

	@Test
	void aSubscriptionThatEndsBeforeItsAnswerTakesNoRoom() {
		StompNode one = kept("n1", 5);
		StompClient client = one.connect(null);
		new Follower().subscribe(client, "/topic/prices.unused", "cluster-position", "AAAAAAAA:7");
		client.close();
		await().atMost(30, TimeUnit.SECONDS).until(() -> one.bean(DestinationHistory.class).statistics().topics() == 0);
	}

	@Test
	void aFirstSubscriptionMayWantTheLastMessages() {
		StompNode one = kept("n1", 5);
		publish(one, PRICES, "old", 1, 4);
		Follower follower = new Follower();
		Inbox inbox = follower.subscribe(one.connect(null), PRICES, "cluster-last", "2");
		follower.until(inbox, 1);
		assertThat(follower.got).containsExactly("old3", "old4");
		assertThat(inbox.frames().get(0).headers().getFirst("message-id")).isNotNull();
		assertThat(inbox.frames().get(0).headers().getDestination()).isEqualTo(PRICES);
		assertThat(follower.answers).containsExactly("none");
	}

	@Test
	void aReplayThatMayNotWaitForTheClientIsNotSent() {
		StompNode one = kept("n1", 100);
		Follower follower = new Follower();
		StompClient client = one.connect(null);
		follower.until(follower.subscribe(client, PRICES), 1);
		client.close();
		publish(one, PRICES, "x".repeat(200_000), 1, 3);
		Inbox inbox = follower.subscribe(one.connect(null), PRICES);
		follower.until(inbox, 2);
		assertThat(follower.answers).containsExactly("none", "false evicted");
		assertThat(follower.got).isEmpty();
	}

	@Test
	void whatCannotCatchUpIsToldWhy() {
		StompNode one = kept("n1", 5);
		Follower pattern = new Follower();
		StompClient client = one.connect(null);
		Inbox all = pattern.subscribe(client, "/topic/prices.*");
		pattern.until(all, 1);
		Follower invalid = new Follower();
		Inbox unreadable = invalid.subscribe(client, PRICES, "cluster-position", "nonsense");
		invalid.until(unreadable, 1);
		publish(one, PRICES, "live", 1, 1);
		pattern.untilGot(all, "live1");
		invalid.untilGot(unreadable, "live1");
		assertThat(pattern.answers).containsExactly("false pattern");
		assertThat(invalid.answers).containsExactly("false invalid");
		assertThat(all.frames().get(1).headers().getFirst("cluster-position")).contains(":1");
	}

	@Test
	void aSelectorChoosesMissedMessagesAsWell() {
		StompNode one = kept("n1", 50);
		Follower follower = new Follower();
		String selector = "headers.kind == 'big'";
		StompClient client = one.connect(null);
		follower.until(follower.subscribe(client, PRICES, "selector", selector), 1);
		client.close();
		StompClient other = one.connect(null);
		for (String kind : List.of("big", "small", "big")) {
			StompHeaders headers = new StompHeaders();
			headers.setDestination(PRICES);
			headers.set("kind", kind);
			other.send(headers, kind);
		}
		await().until(() -> one.bean(DestinationHistory.class).statistics().messages() == 3);
		Inbox inbox = follower.subscribe(one.connect(null), PRICES, "selector", selector);
		follower.until(inbox, 2);
		assertThat(follower.got).containsExactly("big", "big");
	}

	@Test
	void clientsCannotForgeWhatOnlyNodesSay() {
		StompNode one = kept("n1", 5);
		StompNode two = kept("n2", 5);
		StompClient reader = two.connect(null);
		Inbox prices = reader.subscribe(PRICES);
		Inbox news = reader.subscribe("/news/today");
		for (String destination : List.of(PRICES, "/news/today")) {
			StompHeaders headers = new StompHeaders();
			headers.setDestination(destination);
			headers.set("cluster-position", "AAAAAAAA:7");
			headers.set("cluster-recovered", "false");
			headers.set("cluster-reason", "gap");
			headers.set("simpOrigDestination", "/topic/other");
			headers.set("mine", "yes");
			one.connect(null).send(headers, "forged");
			two.connect(null).send(headers, "forged too");
		}
		for (Inbox inbox : List.of(prices, news)) {
			inbox.until("forged");
			inbox.until("forged too");
			await().during(300, TimeUnit.MILLISECONDS).until(() -> inbox.frames().size() == 2);
			assertThat(inbox.frames()).allSatisfy((frame) -> {
				assertThat(frame.headers().getFirst("mine")).isEqualTo("yes");
				assertThat(frame.headers().getFirst("cluster-recovered")).isNull();
				assertThat(frame.headers().getFirst("cluster-reason")).isNull();
				assertThat(frame.headers().getFirst("cluster-position")).isNotEqualTo("AAAAAAAA:7");
			});
		}
		assertThat(position(prices.frames().get(0))).isNotNull();
		assertThat(position(news.frames().get(0))).isNull();
	}

	private static @Nullable String position(Frame frame) {
		return frame.headers().getFirst("cluster-position");
	}

	@Test
	void answersOfHandlersAreKeptAndLocalAndUserDestinationsAreNot() {
		StompNode one = kept("n1", 5);
		StompNode two = kept("n2", 5);
		StompClient client = one.connect("jane");
		Inbox shouts = two.connect(null).subscribe("/topic/shouts");
		client.send("/app/shout", "{\"text\":\"hello\",\"number\":1}");
		assertThat(position(shouts.only())).endsWith(":1");
		Inbox local = client.subscribe("/topic/prices.local");
		one.template().convertAndSend("/topic/prices.local", "here");
		assertThat(position(local.only())).isNull();
		Inbox queue = client.subscribe("/user/topic/prices.eur");
		one.template().convertAndSendToUser("jane", "/topic/prices.eur", "yours");
		assertThat(queue.only().payload()).isEqualTo("yours");
		assertThat(position(queue.only())).isNull();
	}

	@Test
	void withoutThePropertyThereIsNoNewHeader() {
		StompNode one = start("n1");
		StompNode two = start("n2");
		Follower follower = new Follower();
		Inbox inbox = follower.subscribe(two.connect(null), PRICES);
		StompHeaders headers = new StompHeaders();
		headers.setDestination(PRICES);
		one.connect(null).send(headers, "hello");
		two.connect(null).send(headers, "world");
		inbox.until("hello");
		inbox.until("world");
		assertThat(inbox.frames()).hasSize(2)
			.allSatisfy(
					(frame) -> assertThat(frame.headers().keySet()).noneMatch((name) -> name.startsWith("cluster-")));
	}

	@Test
	void aNodeWithHistoryHearsWhatIsNotNumberedWithoutASubscription() {
		StompNode one = kept("n1", 5);
		StompNode two = start("n2");
		StompRouting routing = two.bean(StompRouting.class);
		await().atMost(30, TimeUnit.SECONDS).until(() -> !isSent(routing, "/news/today", one));
		assertThat(List.of(PRICES, PRICES + "/deep", "/topic/shouts"))
			.allMatch((destination) -> isSent(routing, destination, one));
		assertThat(isSent(routing, "/topic/price", one)).isFalse();
	}

	private static boolean isSent(StompRouting routing, String destination, StompNode node) {
		Predicate<Node> audience = routing.of(destination);
		return audience == null || audience.test(node.node());
	}

	@Test
	void nodesWithAndWithoutThePropertyHearEachOther() {
		StompNode one = kept("n1", 5);
		StompNode two = start("n2");
		Follower follower = new Follower();
		StompClient client = one.connect(null);
		Inbox with = follower.subscribe(client, PRICES);
		follower.until(with, 1);
		Inbox without = two.connect(null).subscribe(PRICES);
		publish(one, PRICES, "numbered", 1, 1);
		publish(two, PRICES, "unnumbered", 1, 1);
		without.until("numbered1");
		without.until("unnumbered1");
		follower.untilGot(with, "numbered1");
		follower.untilGot(with, "unnumbered1");
		assertThat(without.frames()).allSatisfy((frame) -> assertThat(position(frame)).isNull());
		client.close();
		follower.until(follower.subscribe(one.connect(null), PRICES), 2);
		assertThat(follower.answers).containsExactly("none", "false unnumbered");
	}

	/** The part of a page: it remembers positions, and gives them back. */
	private static final class Follower {

		private HistoryPosition seen = HistoryPosition.NOTHING;

		private final List<String> got = new ArrayList<>();

		private final List<String> answers = new ArrayList<>();

		private int handled;

		Inbox subscribe(StompClient client, String destination, String... more) {
			this.handled = 0;
			StompHeaders headers = new StompHeaders();
			headers.setDestination(destination);
			headers.set("cluster-position", this.seen.toString());
			headers.set("cluster-away", "2500.5");
			for (int i = 0; i < more.length; i += 2) {
				headers.set(more[i], more[i + 1]);
			}
			return client.subscribe(headers);
		}

		void handle(Inbox inbox) {
			List<Frame> frames = inbox.frames();
			for (int size = frames.size(); this.handled < size; this.handled++) {
				Frame frame = frames.get(this.handled);
				String position = frame.headers().getFirst("cluster-position");
				String recovered = frame.headers().getFirst("cluster-recovered");
				if (recovered != null) {
					this.seen = HistoryPosition.of(position);
					String reason = frame.headers().getFirst("cluster-reason");
					this.answers.add((reason != null) ? recovered + " " + reason : recovered);
				}
				else {
					this.got.add(frame.payload());
					if (position != null) {
						this.seen = this.seen.with(MessagePosition.of(position));
					}
				}
			}
		}

		void until(Inbox inbox, int answers) {
			await().atMost(30, TimeUnit.SECONDS).until(() -> {
				handle(inbox);
				return this.answers.size() >= answers;
			});
		}

		void untilGot(Inbox inbox, String payload) {
			await().atMost(30, TimeUnit.SECONDS).until(() -> {
				handle(inbox);
				return this.got.contains(payload);
			});
		}

	}

}
