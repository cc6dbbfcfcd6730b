package io.clusterspring.benchmarks.chaos;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The threads and the memory that a process keeps.
 *
 * @param heap the bytes that are alive after a full collection
 * @param threads how many threads there are of each name, numbers left out
 */
record Footprint(long heap, Map<String, Integer> threads) {

	static Footprint ofThisProcess() {
		MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
		// a reference that the first one clears is memory for the second
		memory.gc();
		memory.gc();
		Map<String, Integer> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.collect(Collectors.toMap((thread) -> thread.getName().replaceAll("[0-9]+", "#"), (thread) -> 1,
					Integer::sum, TreeMap::new));
		return new Footprint(memory.getHeapMemoryUsage().getUsed(), threads);
	}

	int threadCount() {
		return this.threads.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Return the threads that were not there before.
	 * @param before what the process kept before
	 * @return how many more there are of each name
	 */
	Map<String, Integer> threadsMoreThan(Footprint before) {
		Map<String, Integer> more = new TreeMap<>();
		this.threads.forEach((name, count) -> {
			int grown = count - before.threads.getOrDefault(name, 0);
			if (grown > 0) {
				more.put(name, grown);
			}
		});
		return more;
	}

}
