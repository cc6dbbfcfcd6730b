package io.clusterspring.benchmarks.chaos;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The threads and the memory of a process.
 *
 * @param heap the bytes that are alive after a full collection
 * @param threads the number of threads of each name, without the digits in the name
 */
record Footprint(long heap, Map<String, Integer> threads) {

	static Footprint ofThisProcess() {
		MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
		// memory behind references that the first collection clears is freed by the
		// second
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
	 * Return the additional threads since an earlier footprint.
	 * @param before the earlier footprint
	 * @return the number of additional threads of each name
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
