package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicLongArray;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * How often clients have reached each {@link ChannelLimit} on this node. The log tells of
 * the first time, the second, the fourth, the eighth and so on, so that no client can
 * fill it. May be used by any thread.
 */
public final class LimitCounters {

	private static final Log logger = LogFactory.getLog(LimitCounters.class);

	private final AtomicLongArray counts = new AtomicLongArray(ChannelLimit.values().length);

	LimitCounters() {
	}

	/**
	 * Return how often a limit was reached.
	 * @param limit the limit
	 * @return the number of times since the node has started
	 */
	public long count(ChannelLimit limit) {
		return this.counts.get(limit.ordinal());
	}

	void reached(ChannelLimit limit, Object who) {
		long count = this.counts.incrementAndGet(limit.ordinal());
		if (Long.bitCount(count) == 1) {
			logger.warn("Limit cluster.channels." + limit.property() + " was reached by " + who
					+ ((count > 1) ? ", and " + (count - 1) + " times before" : ""));
		}
	}

}
