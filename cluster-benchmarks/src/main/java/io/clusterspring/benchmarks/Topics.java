package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.clusterspring.Cluster;
import io.clusterspring.pubsub.PubSub;

/**
 * Topics, as an application uses them.
 */
final class Topics implements Medium {

	private static final String MESSAGES = "messages";

	private static final String ANSWERS = "answers";

	private final Cluster cluster;

	private final PubSub pubSub;

	private final int mostHearers;

	// the first nodes after the publisher hear, up to a number
	Topics(Cluster cluster, PubSub pubSub, int mostHearers) {
		this.mostHearers = mostHearers;
		this.cluster = cluster;
		this.pubSub = pubSub;
	}

	@Override
	public void listen(boolean first, Consumer<ByteBuffer> listener) {
		this.pubSub.subscribe(first ? ANSWERS : MESSAGES, (message) -> listener.accept(message.bytes()));
	}

	@Override
	public void publish(byte[] message) {
		this.pubSub.broadcast(MESSAGES, message);
	}

	@Override
	public void answer(byte[] message) {
		this.pubSub.broadcastTo(this.cluster.view().coordinator(), ANSWERS, message);
	}

	@Override
	public int nodes() {
		return this.cluster.view().nodes().size();
	}

	@Override
	public int hearers() {
		return Math.min(this.mostHearers, nodes() - 1);
	}

}
