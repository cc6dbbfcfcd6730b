package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is public. {@code -Ddocs.write=true} writes {@code docs/api.txt} anew.
 */
class ApiTests {

	private static final PublicTypes TYPES = new PublicTypes();

	private static final Path LIST = Page.root().resolve("docs/api.txt");

	private static final Pattern IMPORT = Pattern
		.compile("(?m)^import (?:static )?(io\\.clusterspring(?:\\.[a-z]+)*\\.[A-Z]\\w*)");

	@Test
	void theListSaysWhatApplicationsMayImport() throws IOException {
		String rendered = TYPES.render();
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(LIST, rendered);
		}
		assertThat(Files.readString(LIST))
			.as("docs/api.txt: write it anew with -Ddocs.write=true, if applications may use what has changed; "
					+ "a type that is public for our other packages only belongs in %s", PublicTypes.INTERNAL)
			.isEqualTo(rendered);
	}

	@Test
	void aTypeOfTheApiShowsNoOtherTypesOfOurs() {
		assertThat(TYPES.api()).isNotEmpty()
			.allSatisfy((type) -> assertThat(TYPES.shownBy(type)).as("types in the signatures of %s", type)
				.isSubsetOf(TYPES.api()));
	}

	@Test
	void pagesAndTheSampleImportNoMoreThanTheApi() throws IOException {
		Set<String> imported = new TreeSet<>();
		Page.all().forEach((page) -> page.fences().forEach((fence) -> addImports(fence.code(), imported)));
		try (Stream<Path> files = Files.walk(Page.root().resolve("sample-chat-app/src"))) {
			files.filter((file) -> file.toString().endsWith(".java"))
				.forEach((file) -> addImports(read(file), imported));
		}
		imported.removeIf((type) -> type.startsWith("io.clusterspring.samples."));
		assertThat(imported).isNotEmpty().isSubsetOf(TYPES.api());
	}

	@Test
	void eachInternalTypeIsPublic() {
		assertThat(TYPES.outermost()).containsAll(TYPES.internal().keySet());
	}

	@Test
	void eachInternalTypeIsUsedInAnotherPackageOrSaysWhyItIsPublic() {
		Set<String> needless = new TreeSet<>(TYPES.internal().keySet());
		needless.removeIf((type) -> !TYPES.internal().get(type).isEmpty());
		needless.removeAll(TYPES.usedElsewhere());
		assertThat(needless).as("types that can be package-private").isEmpty();
	}

	private static void addImports(String code, Set<String> imported) {
		IMPORT.matcher(code).results().forEach((match) -> imported.add(match.group(1)));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
