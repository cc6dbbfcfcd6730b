package io.clusterspring.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is public. {@code -Ddocs.write=true} writes {@code docs/api.txt} anew.
 */
class ApiTests {

	private static final PublicTypes TYPES = new PublicTypes();

	private static final Pattern IMPORT = Pattern
		.compile("(?m)^import (?:static )?(io\\.clusterspring(?:\\.[a-z]+)*\\.[A-Z]\\w*)");

	@Test
	void theListSaysWhatApplicationsMayImport() {
		new GeneratedFile("docs/api.txt").assertIs(TYPES.render(), ", if applications may use what has changed; "
				+ "a type that is public for our other packages only belongs in " + PublicTypes.INTERNAL);
	}

	@Test
	void aTypeOfTheApiShowsNoOtherTypesOfOurs() {
		assertThat(TYPES.api()).isNotEmpty()
			.allSatisfy((type) -> assertThat(TYPES.shownBy(type)).as("types in the signatures of %s", type)
				.isSubsetOf(TYPES.api()));
	}

	@Test
	void pagesAndTheSampleImportNoMoreThanTheApi() {
		Set<String> imported = new TreeSet<>();
		Page.all().forEach((page) -> page.fences().forEach((fence) -> addImports(fence.code(), imported)));
		Sources.below(Page.root().resolve("sample-chat-app/src"))
			.forEach((file) -> addImports(Sources.read(file), imported));
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

}
