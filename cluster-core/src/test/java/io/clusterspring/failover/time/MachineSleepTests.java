package io.clusterspring.failover.time;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.clusterspring.failover.time.Moment.MachineSleep;

import static org.assertj.core.api.Assertions.assertThat;

class MachineSleepTests {

	private static final long SECOND = 1_000_000_000L;

	@TempDir
	private Path directory;

	@Test
	void uptimeThatTheClockDidNotCountIsSleep() throws IOException {
		Path uptime = Files.writeString(this.directory.resolve("uptime"), "100.50 12.00\n");
		MachineSleep sleep = new MachineSleep(uptime.toFile());
		long before = sleep.nanos(7 * SECOND);
		Files.writeString(uptime, "105.50 12.00\n");
		assertThat(sleep.nanos(12 * SECOND)).isEqualTo(before);
		Files.writeString(uptime, "1105.50 12.00\n");
		assertThat(sleep.nanos(12 * SECOND) - before).isEqualTo(1000 * SECOND);
	}

	@Test
	void aFileThatCannotBeReadAnyMoreIsNoSleep() throws IOException {
		Path uptime = Files.writeString(this.directory.resolve("uptime"), "100.50 12.00\n");
		MachineSleep sleep = new MachineSleep(uptime.toFile());
		long before = sleep.nanos(0);
		Files.writeString(uptime, "");
		assertThat(sleep.nanos(50 * SECOND)).isEqualTo(before);
		Files.writeString(uptime, "9000.00 12.00\n");
		assertThat(sleep.nanos(60 * SECOND)).as("one that has failed is not believed again").isEqualTo(before);
	}

	@Test
	void withoutSuchAFileThereIsNone() {
		MachineSleep sleep = new MachineSleep(new File(this.directory.toFile(), "none"));
		assertThat(sleep.nanos(1)).isEqualTo(sleep.nanos(100 * SECOND)).isZero();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void thisMachineIsAwake() {
		MachineSleep sleep = MachineSleep.ofThisMachine();
		Thread.currentThread().interrupt();
		long before = sleep.nanos(System.nanoTime());
		assertThat(Thread.interrupted()).as("an interrupt is no reason to stop looking").isTrue();
		assertThat(before).isNotZero();
		assertThat(sleep.nanos(System.nanoTime()) - before).isBetween(-SECOND, SECOND * 60);
	}

}
