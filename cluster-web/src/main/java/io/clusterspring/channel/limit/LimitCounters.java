package io.clusterspring.channel.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.mailbox.CountedWarning;

/**
 * Counts how often clients have reached each {@link ChannelLimit} on this node, and logs
 * a warning for the 1st, 2nd, 4th, 8th time and so on. Thread-safe.
 */
public final class LimitCounters {

	private static final Log logger = LogFactory.getLog(LimitCounters.class);

	private final Map<ChannelLimit, CountedWarning> counts = new EnumMap<>(ChannelLimit.class);

	/** Create the counters at zero. */
	public LimitCounters() {
		for (ChannelLimit limit : ChannelLimit.values()) {
			this.counts.put(limit, new CountedWarning(logger));
		}
	}

	/**
	 * Return how often a limit was reached.
	 * @return the number of times since the node started
	 */
	public long count(ChannelLimit limit) {
		return counter(limit).count();
	}

	/**
	 * Count a client that has reached a limit.
	 * @param client the client, for the log
	 */
	public void reached(ChannelLimit limit, Object client) {
		String name = (limit != ChannelLimit.NAME_SIZE) ? "cluster.channels." + limit.property()
				: limit.property() + " (255 bytes for a topic, an event or a reference)";
		counter(limit).add((count) -> "Limit " + name + " was reached by " + client
				+ ((count > 1) ? ", and " + (count - 1) + " times before" : ""));
	}

	private CountedWarning counter(ChannelLimit limit) {
		return Objects.requireNonNull(this.counts.get(limit));
	}

}
