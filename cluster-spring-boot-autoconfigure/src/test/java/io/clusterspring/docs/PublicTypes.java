package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

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

	/** A type of ours in a class file, in its instructions, signatures or annotations. */
	private static final Pattern NAMED = Pattern.compile("io/clusterspring(?:/[a-z]+)*/[A-Z]\\w*");

	/** The types that each of our classes names, without the types that these are in. */
	private final Map<String, Set<String>> uses = new TreeMap<>();

	private final Map<String, String> internal = new TreeMap<>();

	private final Map<String, Signatures> api = new TreeMap<>();

	PublicTypes() {
		for (String line : read(INTERNAL)) {
			String[] parts = line.split("#", 2);
			this.internal.put(parts[0].strip(), (parts.length > 1) ? parts[1].strip() : "");
		}
		for (Resource file : classFiles()) {
			this.uses.put(nameOf(file), namesIn(file));
		}
		for (String name : this.uses.keySet()) {
			if (isPublic(name) && !this.internal.containsKey(outermost(name))) {
				this.api.put(name, new Signatures(type(name)));
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
		return this.uses.keySet()
			.stream()
			.filter(PublicTypes::isPublic)
			.map(PublicTypes::outermost)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the names of types that a class of another package uses.
	 */
	Set<String> usedElsewhere() {
		Set<String> used = new TreeSet<>();
		this.uses.forEach((name, others) -> others.stream()
			.filter((other) -> !ClassUtils.getPackageName(other).equals(ClassUtils.getPackageName(name)))
			.forEach(used::add));
		return used;
	}

	private static List<Resource> classFiles() {
		try {
			return Stream
				.of(new PathMatchingResourcePatternResolver()
					.getResources("classpath*:" + ROOT.replace('.', '/') + "/**/*.class"))
				.filter((file) -> !file.getDescription().matches(".*(test-classes|-tests\\.jar|package-info).*"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String nameOf(Resource file) {
		String description = file.getDescription();
		int begin = description.lastIndexOf(ROOT.replace('.', '/'));
		return description.substring(begin, description.lastIndexOf(".class")).replace('/', '.');
	}

	private static Set<String> namesIn(Resource file) {
		try {
			return NAMED.matcher(file.getContentAsString(StandardCharsets.ISO_8859_1))
				.results()
				.map((match) -> match.group().replace('/', '.'))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Class<?> type(String name) {
		return ClassUtils.resolveClassName(name, PublicTypes.class.getClassLoader());
	}

	private static boolean isPublic(String name) {
		for (Class<?> type = type(name); type != null; type = type.getDeclaringClass()) {
			if (!Modifier.isPublic(type.getModifiers())) {
				return false;
			}
		}
		return true;
	}

	private static String outermost(String name) {
		return name.replaceFirst("\\$.*", "");
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
