package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a scenario. Times are in seconds.
 *
 * @param scenario the scenario
 * @param agreed whether all nodes had one view in the end
 * @param oneView the time from the end of the scenario until all nodes had one view
 * @param overlap the longest time that two views overlapped
 * @param ups how many times a node was told that another node joined
 * @param downs how many times a node was told that another node left
 * @param changes the most changes of the view on one node
 * @param messages the figures about messages
 * @param ghosts the number of wrong or missing presence entries, after the view was
 * stable for a while
 * @param remaining the number of them in the end
 * @param single how long the application without a quorum ran on two nodes
 * @param voted how long the application with a quorum ran on two nodes, without the first
 * second of a process that was frozen
 * @param awakened the same, with that second
 * @param threads the largest growth of a process since its start, in threads
 * @param heap the largest growth of a heap since the start, in bytes
 * @param logged the number of warnings and errors in the logs
 * @param notes details for the analysis
 */
record Outcome(Scenario scenario, boolean agreed, double oneView, double overlap, long ups, long downs, long changes,
		MessageFigures messages, long ghosts, long remaining, double single, double voted, double awakened, int threads,
		long heap, long logged, List<String> notes) {

	/** The accepted growth in threads: pools grow up to their size. */
	static final int MOST_THREADS = 24;

	// the accepted growth of the heap, for classes and caches
	private static final long MOST_HEAP = 16 << 20;

	Map<String, String> figures() {
		Map<String, String> figures = new LinkedHashMap<>();
		figures.put("one view after", this.agreed ? seconds(this.oneView) : "never");
		figures.put("two views overlapped, at most", seconds(this.overlap));
		figures.put("`NodeUp` / `NodeDown`, on all nodes", this.ups + " / " + this.downs);
		figures.put("views, on one node", "" + this.changes);
		figures.put("messages received", String.format(Locale.ROOT, "%,d", this.messages.received()));
		figures.put("lost / twice / out of order",
				this.messages.lost() + " / " + this.messages.repeated() + " / " + this.messages.late());
		figures.put("from outside the view", "" + this.messages.outside());
		figures.put("longest silence of a node in the view", seconds(this.messages.silence() / 1e9));
		figures.put("wrong entries of presence, 2 s later / in the end", this.ghosts + " / " + this.remaining);
		figures.put("application without a quorum ran twice, at most", seconds(this.single));
		figures.put("with a quorum", seconds(this.voted));
		figures.put("with a quorum, a process that woke included", seconds(this.awakened));
		figures.put("threads more than at the start, on one node", "" + this.threads);
		figures.put("heap more than at the start, on one node", String.format(Locale.ROOT, "%.1f MB", this.heap / 1e6));
		figures.put("warnings and errors in the logs", "" + this.logged);
		return figures;
	}

	private static String seconds(double value) {
		return (value == 0) ? "0" : String.format(Locale.ROOT, (value < 0.1) ? "%.3f s" : "%.1f s", value);
	}

	/**
	 * Return the expectations that are not met.
	 * @return sentences, none if all are met
	 */
	List<String> faults() {
		List<String> faults = new ArrayList<>();
		addUnless(faults, this.agreed, "the nodes do not see one view");
		addUnless(faults, this.messages.lost() == 0, this.messages.lost() + " messages were lost");
		addUnless(faults, this.messages.repeated() == 0, this.messages.repeated() + " messages came twice");
		addUnless(faults, this.messages.late() == 0, this.messages.late() + " messages were out of order");
		addUnless(faults, this.remaining == 0, this.remaining + " entries of presence are wrong");
		addUnless(faults, this.voted == 0, "the application with a quorum ran twice for " + this.voted + " s");
		addUnless(faults, this.threads < MOST_THREADS, this.threads + " threads were left");
		addUnless(faults, this.heap < MOST_HEAP, "memory was left: " + this.heap + " bytes");
		return faults;
	}

	private void addUnless(List<String> faults, boolean holds, String fault) {
		if (!holds) {
			faults.add(this.scenario + ": " + fault);
		}
	}

}
