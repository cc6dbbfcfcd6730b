package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.CatchUp;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.HistoryPosition;

/**
 * A subscription to a topic with history. It can tell somebody who comes back what was
 * missed up to the message that its listener has received last. Call the methods from the
 * listener or from a task of {@link #execute} only, but for {@link #ready}.
 */
public interface HistorySubscription extends Subscription {

	/**
	 * Return the position after the messages that the listener has received.
	 * @return the position
	 */
	HistoryPosition position();

	/**
	 * Wait until this node knows what was missed after a position, or cannot know it.
	 * @param position the position
	 * @return completes within five seconds, on any thread
	 */
	CompletionStage<Void> ready(HistoryPosition position);

	/**
	 * Find what was missed after a position, up to {@link #position()}. Pass what is said
	 * in the end to {@link #told}.
	 * @param from the position
	 * @param away how long ago that was at most, {@code null} if it is not known
	 * @return the answer, or {@code null} if the listener has yet to receive the messages
	 * up to the position, or other nodes have yet to answer
	 */
	@Nullable CatchUp catchUp(HistoryPosition from, @Nullable Duration away);

	/**
	 * Count what somebody who came back was told in the end: messages that were not lost
	 * may still be too much for the client.
	 * @param loss why messages may be missing, {@code null} if none is
	 */
	void told(@Nullable Loss loss);

	/**
	 * Return the last messages up to {@link #position()}.
	 * @param max the maximum number of messages
	 * @return the messages, the oldest first
	 */
	List<TopicMessage> last(int max);

	/**
	 * Read the messages that were missed.
	 * @param recovered an answer of {@link #catchUp}
	 * @return the messages, each publisher's in its order
	 */
	List<TopicMessage> messages(CatchUp.Recovered recovered);

	/** Receives the messages of a topic with history. */
	interface Listener {

		/**
		 * A message was published.
		 * @param message the message
		 */
		void message(TopicMessage message);

		/**
		 * Messages are gone, see {@link TopicGap}. Messages after them follow.
		 * @param gap the messages
		 */
		void gap(TopicGap gap);

	}

}
