package io.clusterspring.benchmarks.history;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.OperatingSystemMXBean;

/**
 * Watches the CPU time and the heap of this process on a thread of its own.
 */
final class Watch implements AutoCloseable {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private final Thread thread = new Thread(this::run, "watch");

	private volatile boolean closed;

	private double share;

	private long used;

	private long live;

	Watch() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** Return the CPU time of this process in nanoseconds. */
	static long cpu() {
		return SYSTEM.getProcessCpuTime();
	}

	/** Return the bytes that are alive after full collections. */
	static long live() {
		// memory behind references that the first collection clears is freed by the
		// second
		MEMORY.gc();
		MEMORY.gc();
		return MEMORY.getHeapMemoryUsage().getUsed();
	}

	synchronized String begin() {
		this.share = 0;
		this.used = 0;
		this.live = 0;
		return "";
	}

	/**
	 * Return the largest figures since the begin.
	 * @return processors in use in half a second; bytes of heap in use, and of those the
	 * bytes after a collection
	 */
	synchronized String end() {
		return String.format(Locale.ROOT, "%.3f %d %d", this.share, this.used, this.live);
	}

	private void run() {
		long time = System.nanoTime();
		long cpu = cpu();
		while (!this.closed) {
			LockSupport.parkNanos(INTERVAL);
			long now = System.nanoTime();
			if (now - time >= INTERVAL / 2) {
				long nowCpu = cpu();
				sample((nowCpu - cpu) / (double) (now - time));
				time = now;
				cpu = nowCpu;
			}
		}
	}

	private synchronized void sample(double share) {
		this.share = Math.max(this.share, share);
		this.used = Math.max(this.used, MEMORY.getHeapMemoryUsage().getUsed());
		this.live = Math.max(this.live, afterCollection());
	}

	private static long afterCollection() {
		return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)
			.stream()
			.map(GarbageCollectorMXBean::getLastGcInfo)
			.filter((last) -> last != null)
			.max((one, other) -> Long.compare(one.getEndTime(), other.getEndTime()))
			.map((last) -> last.getMemoryUsageAfterGc()
				.entrySet()
				.stream()
				.filter((pool) -> isHeap(pool.getKey()))
				.map(Map.Entry::getValue)
				.mapToLong(MemoryUsage::getUsed)
				.sum())
			.orElse(0L);
	}

	private static boolean isHeap(String pool) {
		return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Old") || pool.contains("Tenured");
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
