package io.clusterspring.wire;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.wire.ClusterWire.WireStatistics;

/**
 * Counts the frames of one kind, and warns now and then of lost, malformed and unknown
 * ones. Thread-safe.
 */
final class LineMeter {

	private static final Log logger = LogFactory.getLog(LineMeter.class);

	private final FrameKind kind;

	private final LongAdder sentFrames = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final LongAdder sendNanos = new LongAdder();

	private final LongAdder receivedFrames = new LongAdder();

	private final LongAdder receivedBytes = new LongAdder();

	private final CountedWarning dropped = new CountedWarning(logger);

	private final CountedWarning malformed = new CountedWarning(logger);

	private final CountedWarning unknown = new CountedWarning(logger);

	private final CountedWarning failed = new CountedWarning(logger);

	private volatile @Nullable Error error;

	LineMeter(FrameKind kind) {
		this.kind = kind;
	}

	void sent(int bytes, long nanos) {
		this.sentFrames.increment();
		this.sentBytes.add(bytes);
		this.sendNanos.add(nanos);
	}

	void received(int bytes) {
		this.receivedFrames.increment();
		this.receivedBytes.add(bytes);
	}

	void dropped() {
		this.dropped.add((count) -> "Too many frames of kind " + "'" + this.kind.label() + "' wait: " + count
				+ " frame(s) of other nodes were dropped so far");
	}

	void malformed(Node sender, MalformedFrameException reason) {
		this.malformed.add((count) -> "Refused a frame of kind '" + this.kind.label() + "' from " + sender + ": "
				+ reason.getMessage() + "; " + count + " such frame(s) so far");
	}

	void unknown(Node sender, String what) {
		this.unknown.add((count) -> "Skipped a frame of kind '" + this.kind.label() + "' in a form that this node does "
				+ "not know (" + what + "), from " + sender + ": " + count + " such frame(s) so far. Does " + sender
				+ " run a later release? See docs/upgrading.md");
	}

	long unknownFrames() {
		return this.unknown.count();
	}

	void failed(Node sender, Throwable cause) {
		if (cause instanceof Error found) {
			this.error = found;
		}
		this.failed.add((count) -> "A frame of kind '" + this.kind.label() + "' from " + sender
				+ " could not be handled; " + count + " such frame(s) so far", cause);
	}

	/**
	 * Return the last {@link Error} of a receiver. After an Error the state of the
	 * receiver is not known.
	 */
	@Nullable Error error() {
		return this.error;
	}

	long droppedFrames() {
		return this.dropped.count();
	}

	WireStatistics read(long waiting) {
		return new WireStatistics(this.sentFrames.sum(), this.sentBytes.sum(), Duration.ofNanos(this.sendNanos.sum()),
				this.receivedFrames.sum(), this.receivedBytes.sum(), this.dropped.count(), this.malformed.count(),
				this.failed.count(), waiting);
	}

}
