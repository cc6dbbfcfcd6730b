package io.clusterspring.channel.fanout;

import io.clusterspring.pubsub.TopicMessage;

/**
 * How a member gets the messages of its topic. It runs in the mailbox of the topic.
 */
interface Service {

	/** Serve broadcasts that are sent together. */
	void broadcasts(BroadcastBatch batch);

	/** Serve a plain payload. */
	void plain(TopicMessage message);

	/** Messages of the topic are gone. */
	void gap();

	/**
	 * Run a task after the messages that have come for the member.
	 */
	default void after(Runnable task) {
		task.run();
	}

	/** Return whether messages that have come are held back. */
	default boolean holds() {
		return false;
	}

	/**
	 * Serves a member whose client does not follow positions.
	 */
	record Live(Member member) implements Service {

		@Override
		public void broadcasts(BroadcastBatch batch) {
			batch.deliverTo(this.member);
		}

		@Override
		public void plain(TopicMessage message) {
			if (this.member.handler().hearsMessages() && !message.isFrom(this.member)) {
				this.member.intercept(message);
			}
		}

		@Override
		public void gap() {
		}

	}

}
