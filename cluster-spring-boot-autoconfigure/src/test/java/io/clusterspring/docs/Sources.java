package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Java files of the repository.
 */
final class Sources {

	private Sources() {
	}

	/**
	 * Return the files of all modules.
	 * @param folder the folder in each module, such as {@code src/main/java}
	 */
	static List<Path> ofModules(String folder) {
		try (Stream<Path> modules = Files.list(Page.root())) {
			return modules.map((module) -> module.resolve(folder))
				.filter(Files::isDirectory)
				.flatMap((directory) -> below(directory).stream())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the files below a directory.
	 * @param directory the directory
	 */
	static List<Path> below(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
