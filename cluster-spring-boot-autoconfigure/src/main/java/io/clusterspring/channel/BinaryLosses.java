package io.clusterspring.channel;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.text.LogText;

/**
 * Counts binary payloads that were meant for clients that cannot be told.
 */
final class BinaryLosses {

	private static final Log logger = LogFactory.getLog(BinaryLosses.class);

	private final CountedWarning losses = new CountedWarning(logger);

	void add(JoinedChannel channel, String what) {
		this.losses.add((count) -> "The payload of '" + LogText.of(what) + "' is binary, which is lost for " + channel
				+ ": its client speaks version 1.0, or polls, as those of " + (count - 1) + " before");
	}

	long count() {
		return this.losses.count();
	}

}
