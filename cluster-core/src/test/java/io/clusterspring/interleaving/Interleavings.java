package io.clusterspring.interleaving;

import org.jetbrains.lincheck.Lincheck;

/**
 * Runs a few threads in many orders, switching between them at accesses to shared memory,
 * with Lincheck's model checker. A failure comes with the order that led to it.
 * {@code -Dinterleavings} says how many orders.
 */
public final class Interleavings {

	private static final int ORDERS = Integer.getInteger("interleavings", 200);

	private Interleavings() {
	}

	/**
	 * Run a scenario again and again. A thread that waits for ever fails it, as well.
	 * @param scenario begins afresh each time, and throws something if all is not well
	 */
	public static void explore(Runnable scenario) {
		Lincheck.runConcurrentTest(ORDERS, scenario);
	}

	/**
	 * Run parts of a scenario at the same time, to their ends.
	 * @param parts what the threads do
	 */
	public static void together(Runnable... parts) {
		Thread[] threads = new Thread[parts.length];
		for (int i = 0; i < parts.length; i++) {
			threads[i] = new Thread(parts[i]);
			threads[i].start();
		}
		try {
			for (Thread thread : threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Check something; assertions with long messages would only blow up the search.
	 * @param holds whether it holds
	 * @param otherwise what is wrong if it does not
	 */
	public static void check(boolean holds, String otherwise) {
		if (!holds) {
			throw new IllegalStateException(otherwise);
		}
	}

}
