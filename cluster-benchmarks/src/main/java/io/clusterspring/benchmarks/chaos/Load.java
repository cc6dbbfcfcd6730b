package io.clusterspring.benchmarks.chaos;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.context.event.EventListener;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterEvent;
import io.clusterspring.NodeDown;
import io.clusterspring.NodeUp;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Publishes on a topic of this node at a steady rate, and records the messages on the
 * topics of all nodes: those that were sent since the subscription is in force, as a node
 * that does not know of it yet may send some before and leave others out.
 */
final class Load {

	private static final int SIZE = 100;

	private final Cluster cluster;

	private final PubSub pubSub;

	private final String topic;

	private final long incarnation;

	private final Map<Long, HeardStream> heard = new ConcurrentHashMap<>();

	/** When the subscriptions to the topics of the nodes were in force. */
	private final Map<String, Long> inForce = new ConcurrentHashMap<>();

	private final Map<String, Long> gone = new ConcurrentHashMap<>();

	private volatile long intervalNanos;

	private volatile long sent;

	Load(Cluster cluster, PubSub pubSub, String self, long incarnation) {
		this.cluster = cluster;
		this.pubSub = pubSub;
		this.topic = topic(self);
		this.incarnation = incarnation;
	}

	private static String topic(String node) {
		return "load:" + node;
	}

	void start(List<String> nodes) {
		nodes.forEach((node) -> this.pubSub.subscribe(topic(node), this::hear)
			.ready()
			.thenRun(() -> this.inForce.put(node, System.nanoTime())));
		Thread publisher = new Thread(this::publish, "publisher");
		publisher.setDaemon(true);
		publisher.start();
	}

	@EventListener
	void changed(ClusterEvent event) {
		if (event instanceof NodeDown) {
			this.gone.put(event.node().name(), System.nanoTime());
		}
		else if (event instanceof NodeUp) {
			this.gone.remove(event.node().name());
		}
	}

	private void hear(TopicMessage message) {
		long now = System.nanoTime();
		ByteBuffer payload = message.bytes();
		String sender = message.node().name();
		long from = payload.getLong();
		long number = payload.getLong();
		long sent = payload.getLong();
		Long since = this.inForce.get(sender);
		if (since == null || sent < since) {
			return;
		}
		boolean inside = this.cluster.view().nodes().contains(message.node()) || hasJustGone(sender, now);
		this.heard.computeIfAbsent(from, (id) -> new HeardStream(sender)).add(number, sent, now, inside);
	}

	// messages that waited in the mailbox when their sender left may still arrive
	private boolean hasJustGone(String sender, long now) {
		Long since = this.gone.get(sender);
		return since == null || now - since < HeardStream.SILENCE_NANOS;
	}

	/**
	 * Change the rate.
	 * @param perSecond the messages per second, 0 for none
	 */
	void rate(int perSecond) {
		this.intervalNanos = (perSecond == 0) ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
	}

	long sent() {
		return this.sent;
	}

	List<Heard> report() {
		return this.heard.entrySet().stream().map((each) -> each.getValue().report(each.getKey())).toList();
	}

	private void publish() {
		while (true) {
			long interval = this.intervalNanos;
			LockSupport.parkNanos((interval > 0) ? interval : TimeUnit.MILLISECONDS.toNanos(5));
			if (interval > 0) {
				long number = this.sent;
				ByteBuffer payload = ByteBuffer.allocate(SIZE).putLong(this.incarnation).putLong(number);
				this.pubSub.broadcast(this.topic, payload.putLong(System.nanoTime()).array());
				this.sent = number + 1;
			}
		}
	}

}
