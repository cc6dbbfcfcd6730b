package io.clusterspring.failover;

import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * The topic on which the nodes tell each other about applications.
 */
final class FailoverTopic implements AutoCloseable {

	private static final String NAME = "_distributed";

	private final Node self;

	private final PubSub pubSub;

	private final BiConsumer<Node, FailoverFrame> listener;

	private final Subscription subscription;

	/**
	 * Subscribe.
	 * @param self this node, whose own frames are not heard
	 * @param pubSub carries the frames
	 * @param executor runs the listener, one frame at a time
	 * @param listener takes the frames of the other nodes
	 */
	FailoverTopic(Node self, PubSub pubSub, Executor executor, BiConsumer<Node, FailoverFrame> listener) {
		this.self = self;
		this.pubSub = pubSub;
		this.listener = listener;
		this.subscription = pubSub.subscribe(NAME, executor, this::hear);
	}

	private void hear(TopicMessage message) {
		if (!message.node().equals(this.self)) {
			this.listener.accept(message.node(), FailoverFrame.decode(message.bytes()));
		}
	}

	/**
	 * Send a frame.
	 * @param receiver the receiver, {@code null} for all other nodes
	 * @param frame the frame
	 */
	void send(@Nullable Node receiver, FailoverFrame frame) {
		if (receiver != null) {
			this.pubSub.broadcastTo(receiver, NAME, frame.encode());
		}
		else {
			this.pubSub.broadcastFrom(this.subscription, NAME, frame.encode());
		}
	}

	@Override
	public void close() {
		this.subscription.close();
	}

}
