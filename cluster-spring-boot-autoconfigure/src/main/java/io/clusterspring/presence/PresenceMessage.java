package io.clusterspring.presence;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other about those who are present.
 */
sealed interface PresenceMessage
		permits PresenceDelta, PresenceMessage.Beat, PresenceMessage.Ask, PresenceMessage.Page {

	/**
	 * How far a node has come.
	 *
	 * @param incarnation the start of the node
	 * @param clock the number of its last write
	 */
	record Beat(long incarnation, long clock) implements PresenceMessage {
	}

	/**
	 * A request for a page of the state.
	 *
	 * @param token to be repeated by the answer
	 * @param after the id after which the page begins
	 */
	record Ask(long token, long after) implements PresenceMessage {
	}

	/**
	 * A page of the state: all that the node owns in a range of ids.
	 *
	 * @param token the token of the request
	 * @param incarnation the start of the node
	 * @param clock the number of the last write before the page was made
	 * @param more whether more follows
	 * @param metas what there is, by ids
	 */
	record Page(long token, long incarnation, long clock, boolean more,
			List<PresenceMeta> metas) implements PresenceMessage {

		/**
		 * Return where the range ends.
		 * @return the last id of the range
		 */
		long end() {
			return this.more ? this.metas.get(this.metas.size() - 1).id() : Long.MAX_VALUE;
		}

	}

	/**
	 * A write.
	 *
	 * @param meta what was tracked, {@code null} if something was removed
	 * @param removed the id of what was removed
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
