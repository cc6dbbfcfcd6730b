package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.history.CatchUp;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.HistorySubscription;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicGap;
import io.clusterspring.pubsub.TopicListener;
import io.clusterspring.pubsub.TopicMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/**
 * Tests for topics with history in application contexts.
 */
@ExtendWith(OutputCaptureExtension.class)
class HistoryAutoConfigurationTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:lobby";

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("history");

	@Test
	void whatAPartitionKeptApartIsThereOnceAndInOrderWhenItHeals() {
		kept(N1).run((one) -> kept(N2).run((two) -> {
			bothAreOne(one, two);
			publish(one, 1, 5);
			publish(two, 1, 5);
			partition();
			publish(one, 6, 10);
			publish(two, 6, 10);
			await().until(() -> heard(one).size() == 15 && heard(two).size() == 15);
			this.network.heal();
			await().until(() -> heard(one).size() == 20 && heard(two).size() == 20);
			publish(one, 11, 11);
			publish(two, 11, 11);
			for (ApplicationContext each : List.of(one, two)) {
				await().until(() -> heard(each).size() == 22);
				for (String publisher : List.of("n1", "n2")) {
					assertThat(heard(each)).filteredOn((text) -> text.startsWith(publisher))
						.containsExactlyElementsOf(
								IntStream.rangeClosed(1, 11).mapToObj((number) -> publisher + " " + number).toList());
				}
				assertThat(gaps(each)).isEmpty();
			}
		}));
	}

	@Test
	void withoutHistoryAPartitionLosesWhatItKeepsApart() {
		node(N1).run((one) -> node(N2).run((two) -> {
			bothAreOne(one, two);
			partition();
			publish(one, 1, 5);
			this.network.heal();
			bothAreOne(one, two);
			publish(one, 6, 6);
			await().until(() -> !heard(two).isEmpty());
			assertThat(heard(two)).containsExactly("n1 6");
			assertThat(one.getBean(PubSub.class).history(TOPIC).isKept()).isFalse();
		}));
	}

	@Test
	void aGapBeyondTheWindowIsAnEventAndItsListenerMayThrow(CapturedOutput output) {
		kept(N1, "cluster.history.rooms.size=5").run((one) -> kept(N2, "cluster.history.rooms.size=5").run((two) -> {
			bothAreOne(one, two);
			publish(one, 1, 3);
			await().until(() -> heard(two).size() == 3);
			partition();
			publish(one, 4, 20);
			this.network.heal();
			await().until(() -> heard(two).contains("n1 20"));
			publish(one, 21, 21);
			await().until(() -> heard(two).contains("n1 21"));
			assertThat(heard(two)).containsExactly("n1 1", "n1 2", "n1 3", "n1 16", "n1 17", "n1 18", "n1 19", "n1 20",
					"n1 21");
			assertThat(gaps(two)).singleElement().satisfies((gap) -> {
				assertThat(gap.topic()).isEqualTo(TOPIC);
				assertThat(gap.first().number()).isEqualTo(4);
				assertThat(gap.last().number()).isEqualTo(15);
				assertThat(gap.count()).isEqualTo(12);
			});
			assertThat(heard(one)).hasSize(21);
			assertThat(gaps(one)).isEmpty();
			assertThat(output).contains("A listener of TopicGap failed on topic 'room:lobby'");
		}));
	}

	@Test
	void aNodeThatJoinsLaterHasTheEarlierMessages() {
		kept(N1).run((one) -> {
			publish(one, 1, 3);
			kept(N2).run((two) -> {
				bothAreOne(one, two);
				await().until(() -> read(two).size() == 3);
				assertThat(read(two)).containsExactly("n1 1", "n1 2", "n1 3");
				assertThat(two.getBean(PubSub.class).history(TOPIC).isKept()).isTrue();
				assertThat(two.getBean(PubSub.class).history(TOPIC).last(1)).singleElement()
					.satisfies((message) -> assertThat(message.position()).isNotNull());
				assertThat(two.getBean(PubSub.class).history("orders").isKept()).isFalse();
				publish(one, 4, 4);
				await().until(() -> heard(two).contains("n1 4"));
				assertThat(heard(two)).containsExactly("n1 4");
			});
		});
	}

	@Test
	void aNodeWithoutTheHistoryHearsAndIsHeardButIsNotKept() {
		kept(N1).run((one) -> node(N2).run((two) -> {
			bothAreOne(one, two);
			publish(one, 1, 2);
			publish(two, 1, 2);
			for (ApplicationContext each : List.of(one, two)) {
				await().until(() -> heard(each).size() == 4);
				assertThat(heard(each)).containsExactlyInAnyOrder("n1 1", "n1 2", "n2 1", "n2 2");
			}
			assertThat(read(one)).containsExactly("n1 1", "n1 2");
			HistorySubscription subscription = (HistorySubscription) one.getBean(PubSub.class)
				.subscribe(TOPIC, (message) -> {
				});
			CatchUp answer = subscription.catchUp(subscription.position(), Duration.ofMinutes(1));
			assertThat(answer).isInstanceOfSatisfying(CatchUp.Lost.class,
					(lost) -> assertThat(lost.loss()).isEqualTo(CatchUp.Loss.UNNUMBERED));
		}));
	}

	@Test
	void whatIsBroadcastLocallyOrToOneNodeIsNotKept() {
		kept(N1).run((one) -> kept(N2).run((two) -> {
			bothAreOne(one, two);
			one.getBean(PubSub.class).broadcastLocal(TOPIC, "local");
			one.getBean(PubSub.class).broadcastTo(N2, TOPIC, "aimed");
			await().until(() -> heard(one).contains("local") && heard(two).contains("aimed"));
			publish(one, 1, 1);
			await().until(() -> heard(two).contains("n1 1"));
			assertThat(heard(one)).containsExactly("local", "n1 1");
			assertThat(heard(two)).containsExactly("aimed", "n1 1");
			assertThat(read(one)).containsExactly("n1 1").isEqualTo(read(two));
		}));
	}

	@Test
	void onlyANodeWithHistoryHasAThreadForIt() {
		Set<Thread> before = historyThreads();
		node(N1).run((context) -> {
			assertThat(context.getBean(ClusterHistory.class).isUsed()).isFalse();
			assertThat(historyThreads()).isSubsetOf(before);
		});
		kept(N2).run((context) -> {
			assertThat(context.getBean(ClusterHistory.class).isUsed()).isTrue();
			assertThat(historyThreads().stream().filter((thread) -> !before.contains(thread))).hasSize(1);
		});
		await().until(() -> before.containsAll(historyThreads()));
	}

	@Test
	void backsOffForTopicsOfTheApplicationsOwn() {
		kept(N1).withBean(PubSub.class, () -> mock(PubSub.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterHistory.class));
	}

	private ApplicationContextRunner kept(Node node, String... properties) {
		return node(node).withPropertyValues("cluster.history.rooms.topics=room:*").withPropertyValues(properties);
	}

	private ApplicationContextRunner node(Node node) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
					JacksonAutoConfiguration.class))
			.withBean(ClusterTransport.class, () -> this.network.transport(node))
			.withBean(Listening.class);
	}

	@SuppressWarnings("unchecked")
	private void partition() {
		this.network.partition(Set.of(N1), Set.of(N2));
	}

	private static void bothAreOne(ApplicationContext... nodes) {
		await().until(() -> Stream.of(nodes)
			.allMatch((node) -> node.getBean(Cluster.class).view().nodes().size() == nodes.length));
	}

	private static void publish(ApplicationContext context, int first, int last) {
		String name = context.getBean(Cluster.class).self().name();
		IntStream.rangeClosed(first, last).forEach((number) -> {
			String text = name + " " + number;
			context.getBean(PubSub.class).broadcast(TOPIC, text);
			// so that its own listener is not behind by more than the window
			await().until(() -> heard(context).contains(text));
		});
	}

	private static List<String> heard(ApplicationContext context) {
		return List.copyOf(context.getBean(Listening.class).heard);
	}

	private static List<TopicGap> gaps(ApplicationContext context) {
		return List.copyOf(context.getBean(Listening.class).gaps);
	}

	private static List<String> read(ApplicationContext context) {
		return context.getBean(PubSub.class)
			.history(TOPIC)
			.messages()
			.stream()
			.map((TopicMessage message) -> message.payload(String.class))
			.toList();
	}

	private static Set<Thread> historyThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("cluster-history"))
			.collect(Collectors.toSet());
	}

	static class Listening {

		private final Queue<String> heard = new ConcurrentLinkedQueue<>();

		private final Queue<TopicGap> gaps = new ConcurrentLinkedQueue<>();

		@TopicListener(TOPIC)
		void on(String text) {
			this.heard.add(text);
		}

		@EventListener
		void on(TopicGap gap) {
			this.gaps.add(gap);
			throw new IllegalStateException("a listener that throws");
		}

	}

}
