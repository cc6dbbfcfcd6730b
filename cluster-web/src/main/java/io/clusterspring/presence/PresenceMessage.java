package io.clusterspring.presence;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.StatePart;

/**
 * A message between nodes about presence. The package
 * {@link io.clusterspring.replication} describes the protocol.
 */
sealed interface PresenceMessage {

	/**
	 * A heartbeat with the clock of a node.
	 *
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
	 * Consecutive writes of a node.
	 *
	 * @param from its clock before the first write
	 * @param writes the writes, with ids from {@code from + 1} on
	 */
	record Delta(long incarnation, long from, List<Write> writes) implements PresenceMessage {

		Changes<Write> changes() {
			return new Changes<>(this.incarnation, this.from, this.from + this.writes.size(), this.writes);
		}

	}

	/**
	 * A page of the state: all metas that the node owns in a range of ids.
	 *
	 * @param token the token of the request
	 * @param clock the number of the last write before the page was created
	 * @param more whether more pages follow
	 * @param metas the metas in the order of their ids
	 */
	record Page(long token, long incarnation, long clock, boolean more,
			List<PresenceMeta> metas) implements PresenceMessage {

		StatePart<PresenceMeta> part() {
			long end = this.more ? this.metas.get(this.metas.size() - 1).id() : StatePart.ALL;
			return new StatePart<>(this.token, this.incarnation, this.clock, end, this.metas);
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

		long size() {
			return (this.meta != null) ? this.meta.size() : Long.BYTES;
		}

	}

}
