package io.clusterspring.jgroups;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.text.LogText;

/**
 * Counts what came from other nodes and was not read or taken, and says so now and then.
 * Thread-safe.
 */
public final class RefusedFrames {

	private static final Log logger = LogFactory.getLog(RefusedFrames.class);

	private final Map<FrameRefusal, CountedWarning> reasons = new EnumMap<>(FrameRefusal.class);

	private final CountedWarning skipped = new CountedWarning(logger);

	public RefusedFrames() {
		for (FrameRefusal reason : FrameRefusal.values()) {
			this.reasons.put(reason, new CountedWarning(logger));
		}
	}

	// the peer as it calls itself, the detail in words of this node
	public void add(FrameRefusal reason, @Nullable Object peer, @Nullable String detail) {
		warning(reason).add((count) -> (reason.isUsual() ? "Did not take what " : "Did not read what ")
				+ LogText.of(peer) + " has sent: " + reason.explanation() + " (" + detail + "; " + count + " so far). "
				+ advice(reason));
	}

	private static String advice(FrameRefusal reason) {
		if (reason.isUsual()) {
			return "That is so for a moment while nodes part and find each other again; if it goes on, look at the "
					+ "views of both nodes and the links between them (docs/operations.md)";
		}
		String hostile = "if not, somebody is hostile: find the process and, if it was let in, change cluster.cookie";
		if (reason == FrameRefusal.FRAGMENT) {
			return "If that is a node with a larger cluster.max-payload-size or more memory, give all nodes the same; "
					+ hostile;
		}
		return "If that is a node of another version, bring both to the same; " + hostile;
	}

	// only a later release can read it
	public void skip(@Nullable Object peer, String what) {
		this.skipped.add((count) -> "Skipped what " + LogText.of(peer) + " has sent " + what + ": " + count
				+ " such message(s) so far. Does it run a later release? See docs/upgrading.md");
	}

	public long skipped() {
		return this.skipped.count();
	}

	public long count(FrameRefusal reason) {
		return warning(reason).count();
	}

	private CountedWarning warning(FrameRefusal reason) {
		return Objects.requireNonNull(this.reasons.get(reason));
	}

}
