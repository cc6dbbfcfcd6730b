package io.clusterspring.samples.chat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.opentest4j.TestAbortedException;

/**
 * A program that a test needs. If the machine does not have it, the test is skipped; with
 * {@code CI=true} in the environment it fails.
 */
final class Tool {

	private static final Log logger = LogFactory.getLog(Tool.class);

	private Tool() {
	}

	/**
	 * Find a program.
	 * @param install the package to install if it is missing
	 * @param names the possible names of the program
	 */
	static Path find(String install, String... names) {
		String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
		return Stream.concat(Arrays.stream(path), Stream.of("/usr/bin"))
			.flatMap((directory) -> Arrays.stream(names).map((name) -> Path.of(directory, name)))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst()
			.orElseThrow(() -> missing(install, names));
	}

	private static RuntimeException missing(String install, String... names) {
		String message = String.join(" or ", names) + " is missing: install " + install;
		if ("true".equals(System.getenv("CI"))) {
			return new IllegalStateException(message);
		}
		// Maven's summary does not show the reason
		logger.warn("Skipped: " + message);
		return new TestAbortedException(message);
	}

}
