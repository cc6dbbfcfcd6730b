package io.clusterspring.benchmarks.many;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

import org.springframework.context.ApplicationContext;

import io.clusterspring.benchmarks.Latencies;
import io.clusterspring.interest.Interests;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

/**
 * The commands of a node about topics.
 */
final class Load {

	private static final long PATIENCE_SECONDS = 60;

	private static final String UNHEARD = ManyNode.TOPIC + ":unheard";

	private final PubSub pubSub;

	private final Interests interests;

	private final ClusterWire wire;

	private final Learning learning;

	private final AtomicLong heard = new AtomicLong();

	private final List<Subscription> kept = new ArrayList<>();

	Load(ApplicationContext context) {
		this.pubSub = context.getBean(PubSub.class);
		this.interests = context.getBean(Interests.class);
		this.learning = context.getBean(Learning.class);
		this.wire = context.getBean(ClusterWire.class);
	}

	Object execute(String[] command) throws InterruptedException {
		return switch (command[0]) {
			case "listen" -> listen();
			case "publish" -> publish(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
			case "warm-up" -> warmUp();
			case "keep-publishing" -> keepPublishing();
			case "heard" -> this.heard.get();
			case "frames" -> this.wire.statistics(FrameKind.valueOf(command[1])).receivedFrames();
			case "subscribe" -> subscribe(command[1], Integer.parseInt(command[2]));
			case "round-trips" -> roundTrips(command[1], Integer.parseInt(command[2]));
			case "storm" -> storm(command[1], Integer.parseInt(command[2]), Integer.parseInt(command[3]));
			case "learned" -> this.learning.known();
			case "known" -> this.interests.statistics().remoteTopics();
			case "heap" -> heap();
			default -> throw new IllegalArgumentException("Unknown command " + command[0]);
		};
	}

	private String listen() {
		Subscription subscription = this.pubSub.subscribe(ManyNode.TOPIC, (message) -> this.heard.incrementAndGet());
		subscription.ready().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
		return "listens";
	}

	private int publish(int messages, int perSecond) {
		byte[] payload = new byte[100];
		paced(messages, perSecond, (number) -> this.pubSub.broadcast(ManyNode.TOPIC, payload));
		return messages;
	}

	// a node that has published nothing for a while sends its first broadcasts to all
	// nodes
	private String warmUp() throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		Interests.Statistics before;
		Interests.Statistics after;
		do {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("Broadcasts go to all nodes, though none of them listens");
			}
			before = this.interests.statistics();
			this.pubSub.broadcast(UNHEARD, "for nobody");
			after = this.interests.statistics();
			TimeUnit.MILLISECONDS.sleep(100);
		}
		while (after.sentFrames() > before.sentFrames() || after.savedFrames() == before.savedFrames());
		return "warm";
	}

	// nobody waits for a node that publishes nothing
	private String keepPublishing() {
		Thread publisher = new Thread(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				this.pubSub.broadcast(UNHEARD, "for nobody");
				LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
			}
		}, "benchmark-publisher");
		publisher.setDaemon(true);
		publisher.start();
		return "publishes";
	}

	private int subscribe(String prefix, int count) {
		for (int number = 0; number < count; number++) {
			this.kept.add(this.pubSub.subscribe(prefix + ":" + number, (message) -> {
			}));
		}
		Subscription last = this.kept.get(this.kept.size() - 1);
		last.ready().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
		return count;
	}

	// one at a time
	private String roundTrips(String prefix, int count) {
		Latencies latencies = new Latencies();
		for (int number = 0; number < count; number++) {
			long start = System.nanoTime();
			Subscription subscription = this.pubSub.subscribe(prefix + ":" + number, (message) -> {
			});
			subscription.ready().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
			latencies.add(System.nanoTime() - start);
			subscription.close();
		}
		return percentiles(latencies);
	}

	// as many as come, whether or not those before are in force
	private String storm(String prefix, int count, int perSecond) throws InterruptedException {
		Latencies latencies = new Latencies();
		CountDownLatch ready = new CountDownLatch(count);
		paced(count, perSecond, (number) -> {
			long start = System.nanoTime();
			Subscription subscription = this.pubSub.subscribe(prefix + ":" + number, (message) -> {
			});
			this.kept.add(subscription);
			subscription.ready().thenRun(() -> {
				synchronized (latencies) {
					latencies.add(System.nanoTime() - start);
				}
				ready.countDown();
			});
		});
		if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException(ready.getCount() + " subscriptions have not come into force");
		}
		synchronized (latencies) {
			return percentiles(latencies);
		}
	}

	private static String percentiles(Latencies latencies) {
		return String.format(Locale.ROOT, "%.2f %.2f %.2f", latencies.millis(0.5), latencies.millis(0.99),
				latencies.millis(1));
	}

	private static void paced(int count, int perSecond, IntConsumer action) {
		long start = System.nanoTime();
		for (int number = 0; number < count; number++) {
			long due = start + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			action.accept(number);
		}
	}

	// full collections leave so much
	private static long heap() throws InterruptedException {
		Runtime runtime = Runtime.getRuntime();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 3; round++) {
			System.gc();
			TimeUnit.MILLISECONDS.sleep(100);
			least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
		}
		return least;
	}

}
