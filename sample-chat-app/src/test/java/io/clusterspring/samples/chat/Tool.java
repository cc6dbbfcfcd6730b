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
 * A program that a test needs and a machine may lack: then the test is skipped, unless
 * the environment says {@code CI=true}, where nothing may be missing.
 */
final class Tool {

	private static final Log logger = LogFactory.getLog(Tool.class);

	private Tool() {
	}

	/**
	 * Find a program.
	 * @param install what to install if it is missing
	 * @param names the names it may have
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
		// Maven's summary does not say why
		logger.warn("Skipped: " + message);
		return new TestAbortedException(message);
	}

}
