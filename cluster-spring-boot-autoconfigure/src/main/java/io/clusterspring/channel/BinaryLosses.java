package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts binary payloads that were meant for clients that cannot be told. The log has the
 * first, and then ever fewer of them.
 */
final class BinaryLosses {

	private static final Log logger = LogFactory.getLog(BinaryLosses.class);

	private final AtomicLong count = new AtomicLong();

	void add(JoinedChannel channel, String what) {
		long count = this.count.incrementAndGet();
		if (Long.bitCount(count) == 1) {
			logger.warn("The payload of '" + what + "' is binary, which is lost for " + channel
					+ ": its client speaks version 1.0, or polls, as those of " + (count - 1) + " before");
		}
	}

	long count() {
		return this.count.get();
	}

}
