package io.clusterspring.presence;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A message between nodes about presence. The package describes the protocol.
 */
sealed interface PresenceMessage
		permits PresenceDelta, PresenceMessage.Beat, PresenceMessage.Ask, PresenceMessage.Page {

	/**
	 * A heartbeat with the clock of a node.
	 *
	 * @param incarnation the incarnation of the node
	 * @param clock the number of its last write
	 */
	record Beat(long incarnation, long clock) implements PresenceMessage {
	}

	/**
	 * A request for a page of the state.
	 *
	 * @param token a random number, repeated in the answer
	 * @param after the page contains ids greater than this one
	 */
	record Ask(long token, long after) implements PresenceMessage {
	}

	/**
	 * A page of the state: all metas that the node owns in a range of ids.
	 *
	 * @param token the token of the request
	 * @param incarnation the incarnation of the node
	 * @param clock the number of the last write before the page was created
	 * @param more whether more pages follow
	 * @param metas the metas in the order of their ids
	 */
	record Page(long token, long incarnation, long clock, boolean more,
			List<PresenceMeta> metas) implements PresenceMessage {

		/**
		 * Return the end of the range.
		 * @return the last id of the range
		 */
		long end() {
			return this.more ? this.metas.get(this.metas.size() - 1).id() : Long.MAX_VALUE;
		}

	}

	/**
	 * A write.
	 *
	 * @param meta the tracked meta, or {@code null} for a removal
	 * @param removed the id of the removed meta, or 0
	 */
	record Write(@Nullable PresenceMeta meta, long removed) {

		static Write put(PresenceMeta meta) {
			return new Write(meta, 0);
		}

		static Write remove(long id) {
			return new Write(null, id);
		}

	}

}
