package io.clusterspring;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The lines of the log of a node that waits at boot. A line that says the same as the one
 * before comes once in ten seconds. Not thread-safe.
 */
final class WaitLines {

	private static final long REPEAT_SECONDS = 10;

	private final Node self;

	private String last = "";

	private long lastSecond;

	WaitLines(Node self) {
		this.self = self;
	}

	/**
	 * Return the line to log now.
	 * @param minimum how many nodes have to be there at once, zero if they have been
	 * @param present the nodes of the view
	 * @param seconds how long the node has waited
	 * @return the line, or {@code null} if the log has it already
	 */
	@Nullable String next(List<Node> mandatory, List<Node> optional, int minimum, List<Node> present, long seconds) {
		List<String> missing = new ArrayList<>();
		if (!mandatory.isEmpty()) {
			missing.add("mandatory nodes " + mandatory);
		}
		if (!optional.isEmpty()) {
			missing.add("optional nodes " + optional);
		}
		if (minimum > 0) {
			missing.add(minimum + " nodes in all");
		}
		String what = String.join(" and ", missing);
		String state = what + present;
		if (state.equals(this.last) && seconds - this.lastSecond < REPEAT_SECONDS) {
			return null;
		}
		this.last = state;
		this.lastSecond = seconds;
		return this.self + " waits for " + what + ", for " + seconds + " s now; present are " + present;
	}

}
