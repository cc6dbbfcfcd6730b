package io.clusterspring.failover.time;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A point in time of this node. Durations never use the wall clock, which can be set.
 *
 * @param nanos the monotonic clock, which may stand still while the machine sleeps
 * @param slept the nanoseconds that the machine has slept, since an arbitrary moment
 * @param wall the wall clock in milliseconds, for people and for first tokens
 */
public record Moment(long nanos, long slept, long wall) {

	/** A moment before all others. */
	public static final Moment ZERO = new Moment(0, 0, 0);

	private static final MachineSleep sleep = MachineSleep.ofThisMachine();

	/** Read the clocks. */
	public static Moment now() {
		long nanos = System.nanoTime();
		return new Moment(nanos, sleep.nanos(nanos), System.currentTimeMillis());
	}

	/**
	 * Return a lower bound of the time since another moment: without the time that the
	 * machine has slept.
	 * @return nanoseconds
	 */
	public long since(Moment earlier) {
		return this.nanos - earlier.nanos;
	}

	/**
	 * Return an upper bound of the time since another moment: with the time that the
	 * machine has slept.
	 * @return nanoseconds
	 */
	public long mostSince(Moment earlier) {
		return since(earlier) + Math.max(0, this.slept - earlier.slept);
	}

	/**
	 * Measures how long this machine has slept, when {@code System.nanoTime()} stands
	 * still. On Linux, {@code /proc/uptime} includes that time ({@code CLOCK_BOOTTIME},
	 * in hundredths of a second); Java has no such clock. Without this file the result is
	 * always zero. Thread-safe.
	 */
	static final class MachineSleep {

		private static final Log logger = LogFactory.getLog(MachineSleep.class);

		private static final int LONGEST = 32;

		private static final long HUNDREDTH = 10_000_000;

		private @Nullable RandomAccessFile uptime;

		private long last;

		MachineSleep(File file) {
			try {
				// an interrupt of the reading thread would close a channel
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
			return hundredths(bytes, length) * HUNDREDTH;
		}

		// such as 350735.47, without the objects of a number that is parsed: this is read
		// all the time
		private static long hundredths(byte[] text, int length) {
			long number = 0;
			int end = 0;
			for (; end < length && text[end] != ' '; end++) {
				int digit = Character.digit(text[end], 10);
				if (digit >= 0) {
					number = number * 10 + digit;
				}
			}
			if (end < 4 || text[end - 3] != '.') {
				throw new NumberFormatException("Not a time in hundredths of a second");
			}
			return number;
		}

	}

}
