package io.clusterspring.upgrade;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The modules of a node as they were at an earlier commit of this repository, compiled
 * together with the libraries of now. Nothing is downloaded, and nothing in the
 * repository is changed.
 */
final class EarlierRelease {

	private static final Path MODULE = Path.of("").toAbsolutePath();

	private static final Path TARGET = MODULE.resolve("target");

	private static final Path REPOSITORY = Objects.requireNonNull(MODULE.getParent());

	/**
	 * All that had code of a node at some release; not every release has each of them.
	 */
	private static final List<String> MODULES = List.of("cluster-core", "cluster-web",
			"cluster-spring-boot-autoconfigure");

	private final Path folder;

	private EarlierRelease(Path folder) {
		this.folder = folder;
	}

	/**
	 * Build what a commit has. Without the history of the repository, which a source
	 * archive or a shallow clone lacks, the test that asks for it is aborted.
	 * @param commit the commit
	 * @return its classes
	 */
	static EarlierRelease of(String commit) {
		requireHistory(commit);
		EarlierRelease release = new EarlierRelease(TARGET.resolve("earlier").resolve(commit));
		try {
			release.build(commit);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return release;
	}

	private static void requireHistory(String commit) {
		if (!isInRepository()) {
			abort("There is no git history here: nodes of an earlier release are not tried. "
					+ "Run this test in a clone of the repository");
		}
		boolean known = git("cat-file", "-e", commit + "^{commit}").status() == 0;
		if (!known && git("rev-parse", "--is-shallow-repository").text().equals("true")) {
			abort("The git history is cut off before " + commit + ": nodes of an earlier release are not tried. "
					+ "Clone the repository with all its history (fetch-depth: 0)");
		}
		assertThat(known).as("commit " + commit + " is in the history").isTrue();
	}

	private static boolean isInRepository() {
		for (Path folder = MODULE; folder != null; folder = folder.getParent()) {
			if (Files.exists(folder.resolve(".git"))) {
				return true;
			}
		}
		return false;
	}

	private void build(String commit) throws IOException {
		Path built = this.folder.resolve("built");
		if (!Files.exists(built)) {
			FileSystemUtils.deleteRecursively(this.folder);
			Files.createDirectories(this.folder);
			Path archive = this.folder.resolve("source.zip");
			List<String> modules = modules(commit);
			List<String> command = new ArrayList<>(List.of("archive", "--format=zip", "--output=" + archive, commit));
			command.addAll(modules);
			Git archived = git(command.toArray(String[]::new));
			assertThat(archived.status()).as(archived.text()).isZero();
			unpack(archive);
			compile(modules.stream().map(this.folder::resolve).toList());
			Files.createFile(built);
		}
		Path node = MODULE.resolve("src/test/java").resolve(UpgradeNode.class.getName().replace('.', '/') + ".java");
		compile(this.folder.resolve("node"), this.folder.resolve("classes") + File.pathSeparator + libraries(),
				List.of(node));
		Path properties = this.folder.resolve("node/application.properties");
		Files.deleteIfExists(properties);
		Files.copy(MODULE.resolve("src/test/resources/application.properties"), properties);
	}

	private static List<String> modules(String commit) {
		return MODULES.stream()
			.map((module) -> module + "/src/main")
			.filter((main) -> git("cat-file", "-e", commit + ":" + main).status() == 0)
			.toList();
	}

	private void compile(List<Path> modules) throws IOException {
		List<Path> sources = new ArrayList<>();
		for (Path module : modules) {
			sources.addAll(sources(module.resolve("java")));
		}
		Path classes = this.folder.resolve("classes");
		compile(classes, libraries(), sources);
		for (Path module : modules) {
			Path resources = module.resolve("resources");
			if (Files.exists(resources)) {
				FileSystemUtils.copyRecursively(resources, classes);
			}
		}
	}

	private void unpack(Path archive) throws IOException {
		try (InputStream in = Files.newInputStream(archive); ZipInputStream zip = new ZipInputStream(in)) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				Path file = this.folder.resolve(entry.getName());
				if (entry.isDirectory()) {
					Files.createDirectories(file);
				}
				else {
					Files.createDirectories(file.getParent());
					Files.copy(zip, file);
				}
			}
		}
	}

	private static List<Path> sources(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	private static void compile(Path to, String classPath, List<Path> sources) throws IOException {
		Files.createDirectories(to);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler).as("the Java compiler of a JDK").isNotNull();
		List<String> options = List.of("-d", to.toString(), "-cp", classPath, "-proc:none", "-parameters", "-nowarn",
				"--release", "17");
		StringWriter said = new StringWriter();
		boolean compiled = compiler
			.getTask(said, null, null, options, null,
					compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(sources))
			.call();
		assertThat(compiled).as(said.toString()).isTrue();
	}

	/**
	 * Return the class path of a node of this release.
	 * @return its classes and the libraries
	 */
	String classPath() {
		return Stream.of(this.folder.resolve("node"), this.folder.resolve("classes"), libraries())
			.map(String::valueOf)
			.collect(Collectors.joining(File.pathSeparator));
	}

	// all that was not built here
	private static String libraries() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).toAbsolutePath().startsWith(REPOSITORY))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Git git(String... arguments) {
		List<String> command = new ArrayList<>(List.of("git"));
		command.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(command).directory(REPOSITORY.toFile())
				.redirectErrorStream(true)
				.start();
			String text = process.inputReader().lines().collect(Collectors.joining("\n"));
			return new Git(process.waitFor(), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Git(int status, String text) {

	}

}
