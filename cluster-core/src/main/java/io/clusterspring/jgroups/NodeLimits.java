package io.clusterspring.jgroups;

import java.time.Duration;

import org.springframework.util.Assert;

import io.clusterspring.PayloadLimit;

/**
 * How long a node waits for another one that does not answer, or does not take what is
 * sent to it. The same on all nodes of a cluster.
 *
 * @param detection after which time a node that is silent, but has not closed its
 * connection, is taken out of the view: at least one second
 * @param outbox how many bytes of frames may be on their way to one node; the next waits
 * until it has taken some of them
 * @param patience how long a frame waits at most for room in an outbox. A node that has
 * taken nothing for that long loses what comes until it does
 * @param maxPayload the largest payload that is sent, in bytes
 */
public record NodeLimits(Duration detection, long outbox, Duration patience, long maxPayload) {

	/** The shortest time after which a silent node can be taken out of the view. */
	public static final Duration SHORTEST_DETECTION = Duration.ofSeconds(1);

	/** 128 KB: the least that may be on its way to a node. */
	public static final long SMALLEST_OUTBOX = 1 << 17;

	/** 1 GB: the most that may be on its way to a node. */
	public static final long LARGEST_OUTBOX = 1 << 30;

	/** Eight seconds, 4 MB, half a second, 16 MB. */
	public static final NodeLimits DEFAULT = new NodeLimits(Duration.ofSeconds(8), 4 << 20, Duration.ofMillis(500));

	/**
	 * Create limits with the default limit of payloads.
	 * @param detection after which time a silent node is taken out of the view
	 * @param outbox how many bytes of frames may be on their way to one node
	 * @param patience how long a frame waits at most for room in an outbox
	 */
	public NodeLimits(Duration detection, long outbox, Duration patience) {
		this(detection, outbox, patience, PayloadLimit.DEFAULT);
	}

	public NodeLimits {
		Assert.isTrue(detection.compareTo(SHORTEST_DETECTION) >= 0,
				() -> "A silent node needs a second at least, not " + detection);
		Assert.isTrue(outbox >= SMALLEST_OUTBOX && outbox <= LARGEST_OUTBOX,
				() -> "An outbox of " + outbox + " bytes is out of range");
		Assert.isTrue(!patience.isNegative(), () -> "No frame can wait for " + patience);
	}

}
