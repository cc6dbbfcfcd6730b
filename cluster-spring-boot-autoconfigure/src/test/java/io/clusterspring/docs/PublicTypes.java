package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * The public types of all modules: those that applications may import, and those that are
 * public for other packages only.
 */
final class PublicTypes {

	/** The types that are public for other packages only, a reason behind each sharp. */
	static final Path INTERNAL = Page.root()
		.resolve("cluster-spring-boot-autoconfigure/src/test/resources/api/internal.txt");

	private static final String ROOT = "io.clusterspring";

	private static final String HEADER = """
			# What applications may import: public types with their public and protected members.
			# Generated and compared by the build; CONTRIBUTING.md says how to write it anew.

			""";

	private final JavaClasses classes = ArchConfiguration.withThreadLocalScope(PublicTypes::load);

	private final Map<String, String> internal = new TreeMap<>();

	private final Map<String, Signatures> api = new TreeMap<>();

	PublicTypes() {
		for (String line : read(INTERNAL)) {
			String[] parts = line.split("#", 2);
			this.internal.put(parts[0].strip(), (parts.length > 1) ? parts[1].strip() : "");
		}
		for (JavaClass type : this.classes) {
			if (isPublic(type) && !this.internal.containsKey(outermost(type).getName())) {
				this.api.put(type.getName(), new Signatures(type.reflect()));
			}
		}
	}

	/**
	 * Return what {@code docs/api.txt} has to say.
	 */
	String render() {
		StringBuilder page = new StringBuilder(HEADER);
		this.api.values().forEach((signatures) -> page.append(signatures.text()));
		return page.toString();
	}

	/**
	 * Return the types that applications may import.
	 */
	Set<String> api() {
		return this.api.keySet();
	}

	/**
	 * Return our types in the signatures of a type.
	 */
	List<String> shownBy(String type) {
		return this.api.get(type).shown().stream().filter((name) -> name.startsWith(ROOT + ".")).toList();
	}

	/**
	 * Return the types that are public for other packages only, with a reason where no
	 * class of the main code uses them.
	 */
	Map<String, String> internal() {
		return this.internal;
	}

	/**
	 * Return the names of all public types that are in no other type.
	 */
	Set<String> outermost() {
		Set<String> names = new TreeSet<>();
		this.classes.stream().filter(PublicTypes::isPublic).forEach((type) -> names.add(outermost(type).getName()));
		return names;
	}

	/**
	 * Return the names of types that a class of another package uses.
	 */
	Set<String> usedElsewhere() {
		Set<String> used = new TreeSet<>();
		for (JavaClass type : this.classes) {
			Stream<JavaClass> targets = type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass);
			Stream.concat(targets, caught(type))
				.map(PublicTypes::outermost)
				.filter((target) -> !target.getPackageName().equals(type.getPackageName()))
				.forEach((target) -> used.add(target.getName()));
		}
		return used;
	}

	private static JavaClasses load(ArchConfiguration configuration) {
		configuration.setResolveMissingDependenciesFromClassPath(false);
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.withImportOption((location) -> !location.contains("-tests.jar"))
			.importPackages(ROOT);
	}

	private static Stream<JavaClass> caught(JavaClass type) {
		return type.getCodeUnits()
			.stream()
			.flatMap((code) -> code.getTryCatchBlocks().stream())
			.flatMap((block) -> block.getCaughtThrowables().stream());
	}

	private static boolean isPublic(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC)
				&& type.getEnclosingClass().map(PublicTypes::isPublic).orElse(true)
				&& !type.getSimpleName().equals("package-info");
	}

	private static JavaClass outermost(JavaClass type) {
		return type.getBaseComponentType()
			.getEnclosingClass()
			.map(PublicTypes::outermost)
			.orElse(type.getBaseComponentType());
	}

	private static List<String> read(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
