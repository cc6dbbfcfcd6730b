package io.clusterspring.history;

import java.util.List;
import java.util.Locale;

/**
 * The answer to somebody who comes back to a topic with a position.
 */
public sealed interface CatchUp {

	/**
	 * Return the position from which live messages follow.
	 * @return the whole position, which replaces the given one
	 */
	HistoryPosition position();

	/**
	 * Nothing is missing.
	 *
	 * @param missed the messages after the given position, each publisher's in its order
	 */
	record Recovered(List<KeptMessage> missed, HistoryPosition position) implements CatchUp {
	}

	/**
	 * Messages after the given position may be gone.
	 */
	record Lost(Loss loss, HistoryPosition position) implements CatchUp {
	}

	/** Why messages may be gone. */
	enum Loss {

		/** They were removed: there were too many, they were too old or too large. */
		EVICTED,

		/**
		 * The position names an origin that no node knows, such as an earlier cluster.
		 */
		UNKNOWN_ORIGIN,

		/** The last messages of an origin are on no node that can be reached. */
		UNREACHABLE,

		/** The client was away for longer than nodes remember origins. */
		TOO_OLD,

		/** A node has published without the history, so its messages have no number. */
		UNNUMBERED,

		/** The position cannot be read. */
		INVALID;

		/**
		 * Return the text that clients are told.
		 * @return the name of the constant, such as {@code too-old}
		 */
		public String reason() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
