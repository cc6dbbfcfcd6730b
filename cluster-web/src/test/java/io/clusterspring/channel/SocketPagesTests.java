package io.clusterspring.channel;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests pages of the sockets of a node that has 10,000.
 */
class SocketPagesTests {

	private static final Node N1 = Node.of("n1@h");

	private static final int SOCKETS = 10_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void aPageIsQuickAndSmallWhateverIsAskedFor() {
		try (ChannelNodes nodes = new ChannelNodes()) {
			nodes.start(N1, 100, List.of());
			for (int i = 0; i < SOCKETS; i++) {
				String user = "user" + i;
				AcceptedSocket accepted = (AcceptedSocket) nodes.server(N1)
					.connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), () -> user));
				accepted.open(new Connection(UUID.randomUUID().toString()));
			}
			Section section = nodes.server(N1).section("n1@h");
			for (Map<String, String> filters : List.of(Map.<String, String>of(), Map.of("user", "user77"),
					Map.of("topic", "room:*"), Map.of("since", "2020-01-01T00:00:00Z"))) {
				measure(section, new Question("sockets", "", 100, filters));
			}
			assertThat(section.answer(new Question("sockets", "", 100, Map.of("user", "user77")))
				.toCompletableFuture()
				.join()
				.items()).hasSize(1);
			assertThat(walk(section)).hasSize(SOCKETS).doesNotHaveDuplicates().isSorted();
		}
	}

	private void measure(Section section, Question question) {
		long[] nanos = new long[50];
		long bytes = Long.MAX_VALUE;
		for (int i = 0; i < nanos.length; i++) {
			long before = this.threads.getCurrentThreadAllocatedBytes();
			long start = System.nanoTime();
			section.answer(question).toCompletableFuture().join();
			nanos[i] = System.nanoTime() - start;
			bytes = Math.min(bytes, this.threads.getCurrentThreadAllocatedBytes() - before);
		}
		Arrays.sort(nanos);
		System.out.println("page of " + SOCKETS + " sockets, " + question.filters() + ": median "
				+ nanos[nanos.length / 2] / 1000 + " us, " + bytes + " bytes");
		assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(100));
		// a look at the topics of each socket has an iterator
		assertThat(bytes).isLessThan(question.filters().containsKey("topic") ? 2_000_000 : 400_000);
	}

	private static List<String> walk(Section section) {
		List<String> ids = new ArrayList<>();
		String after = "";
		boolean more = true;
		while (more) {
			Page page = section.answer(new Question("sockets", after, 1000, Map.of())).toCompletableFuture().join();
			page.items().stream().map(Item::key).forEach(ids::add);
			after = ids.get(ids.size() - 1);
			more = page.more();
		}
		return ids;
	}

	/** A connection that takes nothing. */
	private record Connection(String id) implements SocketConnection {

		@Override
		public void send(SocketFrame frame) {
		}

		@Override
		public void close(int code) {
		}

	}

}
