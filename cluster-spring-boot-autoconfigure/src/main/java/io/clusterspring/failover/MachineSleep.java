package io.clusterspring.failover;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * How long this machine has slept, while {@code System.nanoTime()} stood still: on Linux
 * the file {@code /proc/uptime} goes on (it is {@code CLOCK_BOOTTIME}, in hundredths of a
 * second). Java has no such clock. Where there is no such file it is always zero.
 * Thread-safe.
 */
final class MachineSleep {

	private static final Log logger = LogFactory.getLog(MachineSleep.class);

	private static final int LONGEST = 32;

	private static final double SECOND = 1e9;

	private @Nullable RandomAccessFile uptime;

	private long last;

	MachineSleep(File file) {
		try {
			// not a channel: that is closed when a thread is interrupted while it reads
			this.uptime = file.canRead() ? new RandomAccessFile(file, "r") : null;
		}
		catch (IOException ex) {
			logger.debug("How long this machine sleeps cannot be told", ex);
		}
	}

	static MachineSleep ofThisMachine() {
		return new MachineSleep(new File("/proc/uptime"));
	}

	/**
	 * Return how long it has slept.
	 * @param nanoTime the present {@code System.nanoTime()}
	 * @return nanoseconds, counted from anywhere
	 */
	synchronized long nanos(long nanoTime) {
		RandomAccessFile file = this.uptime;
		if (file != null) {
			try {
				this.last = read(file) - nanoTime;
			}
			catch (IOException | NumberFormatException ex) {
				this.uptime = null;
				logger.warn("How long this machine sleeps cannot be told any more: " + ex);
			}
		}
		return this.last;
	}

	private static long read(RandomAccessFile file) throws IOException {
		byte[] bytes = new byte[LONGEST];
		file.seek(0);
		int length = Math.max(0, file.read(bytes));
		String text = new String(bytes, 0, length, StandardCharsets.US_ASCII);
		return (long) (Double.parseDouble(text.substring(0, Math.max(0, text.indexOf(' ')))) * SECOND);
	}

}
