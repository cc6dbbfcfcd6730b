package io.clusterspring.dashboard;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.opentest4j.TestAbortedException;

/**
 * Something that a test needs beside Java. If the machine does not have it, the test is
 * skipped; with {@code CI=true} in the environment it fails.
 */
final class Tool {

	private static final Log logger = LogFactory.getLog(Tool.class);

	private Tool() {
	}

	/**
	 * Find a program.
	 * @param install what to install if it is missing
	 * @param names the possible names of the program
	 */
	static Path program(String install, String... names) {
		String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
		return Stream.concat(Arrays.stream(path), Stream.of("/usr/bin"))
			.flatMap((directory) -> Arrays.stream(names).map((name) -> Path.of(directory, name)))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst()
			.orElseThrow(() -> missing(String.join(" or ", names), install));
	}

	/**
	 * Find a file below this module.
	 * @param install what to do if it is missing
	 * @param name its path
	 */
	static Path file(String install, String name) {
		Path file = Path.of(name);
		if (!Files.isRegularFile(file)) {
			throw missing(name, install);
		}
		return file;
	}

	private static RuntimeException missing(String what, String install) {
		String message = what + " is missing: " + install;
		if ("true".equals(System.getenv("CI"))) {
			return new IllegalStateException(message);
		}
		// Maven's summary does not show the reason
		logger.warn("Skipped: " + message);
		return new TestAbortedException(message);
	}

}
