package io.clusterspring.history;

import java.nio.ByteBuffer;

import io.clusterspring.Node;
import io.clusterspring.wire.MalformedFrameException;

/**
 * The topics of a node, as their histories see them. All calls only enqueue.
 */
public interface HistoryReceiver {

	/**
	 * Read the topic of a message, and check that all of it can be read.
	 * @param body the body of a frame of topics
	 * @throws MalformedFrameException if not
	 */
	String topic(ByteBuffer body);

	/** Subscriptions of a topic have something to read in its log. */
	void changed(String topic);

	/** Deliver a message that is not kept. */
	void deliver(Node sender, ByteBuffer body);

}
