package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file of {@code docs} that the build can write. {@code -Ddocs.write=true} writes it
 * anew.
 */
final class GeneratedFile {

	private final Path file;

	GeneratedFile(String name) {
		this.file = Page.root().resolve(name);
	}

	/**
	 * Assert that the file is up to date.
	 * @param rendered what the build would write
	 * @param advice what to do if it is not
	 */
	void assertIs(String rendered, String advice) {
		try {
			if (Boolean.getBoolean("docs.write")) {
				Files.writeString(this.file, rendered);
			}
			assertThat(Files.readString(this.file)).as("%s: write it anew with -Ddocs.write=true%s", this.file, advice)
				.isEqualTo(rendered);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
