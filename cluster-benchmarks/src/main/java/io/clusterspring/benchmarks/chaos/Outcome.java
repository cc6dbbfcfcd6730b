package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a scenario. Times are in seconds.
 *
 * @param scenario what was done
 * @param agreed whether there was one view in the end
 * @param oneView how long it took until there was, from when what was done ended
 * @param overlap how long two views overlapped at most
 * @param ups how many times a node was told that another one came
 * @param downs how many times a node was told that another one went
 * @param changes how often the view changed, on the node where it did most
 * @param messages what became of messages
 * @param ghosts how many entries of presence were there, or missing, that should not,
 * once the view had stood for a while
 * @param remaining how many of them stayed
 * @param single how long the application without a quorum ran twice
 * @param voted how long the one with a quorum did, without the first second of a process
 * that was frozen
 * @param awakened how long it did with that
 * @param threads by how many threads a process has grown since it started, the one that
 * has most
 * @param heap the same for its heap, in bytes
 * @param logged how many warnings and errors the nodes have logged
 * @param notes what helps to find out why
 */
record Outcome(Scenario scenario, boolean agreed, double oneView, double overlap, long ups, long downs, long changes,
		MessageFigures messages, long ghosts, long remaining, double single, double voted, double awakened, int threads,
		long heap, long logged, List<String> notes) {

	/**
	 * How many threads a process may have more: pools grow up to what they were told.
	 */
	static final int MOST_THREADS = 24;

	// what the heap may grow by while classes are loaded and caches fill
	private static final long MOST_HEAP = 16 << 20;

	/**
	 * Return the figures.
	 * @return what is told, by what it is
	 */
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
	 * Return what does not hold that should.
	 * @return sentences, none if all is well
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
