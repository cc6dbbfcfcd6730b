package io.clusterspring.channel.socket;

import java.util.Map;

import io.clusterspring.channel.LaterReply;

/**
 * The phase of a channel. The table in the description of the package says what leads
 * from one to the next.
 */
sealed interface ChannelPhase {

	ChannelPhase JOINING = new Joining();

	ChannelPhase ENDED = new Ended();

	/** Stop waiting for a stage, because the client has disconnected. */
	default void giveUp() {
	}

	/** The handler decides about the join. */
	record Joining() implements ChannelPhase {
	}

	/** A stage of the handler decides about the join; the mailbox is suspended. */
	record Waiting(Runnable end) implements ChannelPhase {

		@Override
		public void giveUp() {
			this.end.run();
		}

	}

	/**
	 * The client may use the channel.
	 *
	 * @param lateReplies the replies whose stages are not complete; changed in the
	 * mailbox only
	 */
	record Joined(Map<StageWait, LaterReply> lateReplies) implements ChannelPhase {
	}

	/** The client was refused, has left, or was removed. */
	record Ended() implements ChannelPhase {
	}

}
