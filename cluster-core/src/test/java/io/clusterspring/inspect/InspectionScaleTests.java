package io.clusterspring.inspect;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests pages of 100,000 sockets on ten nodes.
 */
class InspectionScaleTests {

	private static final int NODES = 10;

	private static final int SOCKETS = 10_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration PROMISED = Duration.ofMillis(300);

	@AutoClose
	private final InspectedNodes nodes = new InspectedNodes();

	private final List<ManySockets> registries = new ArrayList<>();

	@Test
	void aPageOfAHundredThousandSocketsIsQuickAndSmall() {
		Inspection asking = start("n0");
		for (int i = 1; i < NODES; i++) {
			start("n" + i);
		}
		await().until(() -> asking.ask(question("", 1), TIMEOUT).join().answered().size() == NODES);
		String after = "";
		int seen = 0;
		long[] nanos = new long[50];
		for (int page = 0; page < nanos.length; page++) {
			long start = System.nanoTime();
			Result result = asking.ask(question(after, 100), TIMEOUT).join();
			nanos[page] = System.nanoTime() - start;
			assertThat(result.items()).hasSize(100);
			assertThat(result.silent()).isEmpty();
			assertThat(result.items().get(0).key()).isGreaterThan(after);
			after = result.next();
			seen += result.items().size();
		}
		Arrays.sort(nanos);
		System.out.println("page of 100 of " + NODES * SOCKETS + " sockets on " + NODES + " nodes: median "
				+ nanos[nanos.length / 2] / 1000 + " us, fastest " + nanos[0] / 1000 + " us, slowest "
				+ nanos[nanos.length - 1] / 1000 + " us, " + seen + " seen");
		assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(PROMISED);
		System.out.println("a page allocates " + allocated() + " bytes on one node");
		assertThat(allocated()).as("bytes for a page, on one node").isLessThan(250_000);
	}

	private long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		ManySockets registry = this.registries.get(0);
		registry.answer(question("", 100));
		long before = threads.getCurrentThreadAllocatedBytes();
		registry.answer(question("", 100));
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	private static Question question(String after, int limit) {
		return new Question("sockets", after, limit, Map.of());
	}

	private Inspection start(String name) {
		ManySockets sockets = new ManySockets(name);
		this.registries.add(sockets);
		return this.nodes.start(name, (node) -> node.add(sockets));
	}

	/** The sockets of a node, with what is shown of each. */
	private static final class ManySockets implements Section {

		private final String node;

		private final Map<String, String> users = new ConcurrentHashMap<>();

		ManySockets(String node) {
			this.node = node;
			for (int i = 0; i < SOCKETS; i++) {
				this.users.put(UUID.randomUUID().toString(), "user" + i);
			}
		}

		@Override
		public String name() {
			return "sockets";
		}

		@Override
		public CompletionStage<Page> answer(Question question) {
			Smallest<String> smallest = new Smallest<>(question);
			this.users.forEach(smallest::offer);
			return CompletableFuture.completedStage(smallest.page((id, user) -> new Item(id,
					Map.of("id", id, "node", this.node, "user", user, "transport", "websocket", "address",
							"192.0.2.7:50514", "since", "2026-01-31T12:00:00Z", "lastHeard", "2026-01-31T12:04:31.512Z",
							"topics", List.of("room:1", "room:2"), "topicCount", 2L, "pendingBytes", 0L))));
		}

	}

}
