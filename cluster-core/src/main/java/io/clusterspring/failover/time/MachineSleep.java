package io.clusterspring.failover.time;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long this machine has slept, when {@code System.nanoTime()} stands still.
 * On Linux, {@code /proc/uptime} includes that time ({@code CLOCK_BOOTTIME}, in
 * hundredths of a second); Java has no such clock. Without this file the result is always
 * zero. Thread-safe.
 */
final class MachineSleep {

	private static final Log logger = LogFactory.getLog(MachineSleep.class);

	private static final int LONGEST = 32;

	private static final double SECOND = 1e9;

	private @Nullable RandomAccessFile uptime;

	private long last;

	MachineSleep(File file) {
		try {
			// not a channel, which an interrupt of the reading thread would close
			this.uptime = file.canRead() ? new RandomAccessFile(file, "r") : null;
		}
		catch (IOException ex) {
			logger.debug("Cannot measure how long this machine sleeps", ex);
		}
	}

	static MachineSleep ofThisMachine() {
		return new MachineSleep(new File("/proc/uptime"));
	}

	/**
	 * Return the time that the machine has slept.
	 * @param nanoTime the present {@code System.nanoTime()}
	 * @return nanoseconds since an arbitrary moment
	 */
	synchronized long nanos(long nanoTime) {
		RandomAccessFile file = this.uptime;
		if (file != null) {
			try {
				this.last = read(file) - nanoTime;
			}
			catch (IOException | NumberFormatException ex) {
				this.uptime = null;
				logger.warn("Cannot measure any more how long this machine sleeps: " + ex);
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
