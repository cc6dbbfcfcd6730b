package io.clusterspring.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link AotApp} as Spring Boot's build plugins process it: its generated code, and the
 * hints for a native image.
 */
final class ProcessedApp extends SpringApplicationAotProcessor {

	private final Path folder;

	private RuntimeHints hints;

	private ProcessedApp(Path folder, String... arguments) {
		super(AotApp.class,
				Settings.builder()
					.sourceOutput(folder.resolve("sources"))
					.resourceOutput(folder.resolve("resources"))
					.classOutput(folder.resolve("classes"))
					.groupId("io.clusterspring")
					.artifactId("aot-app")
					.build(),
				arguments);
		this.folder = folder;
	}

	static ProcessedApp in(Path folder, String... arguments) {
		ProcessedApp processed = new ProcessedApp(folder, arguments);
		processed.process();
		return processed;
	}

	@Override
	protected void writeHints(RuntimeHints hints) {
		this.hints = hints;
		super.writeHints(hints);
	}

	RuntimeHints hints() {
		return Objects.requireNonNull(this.hints);
	}

	ProcessedApp compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (Stream<Path> sources = Files.walk(this.folder.resolve("sources"));
				StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<Path> all = sources.filter((file) -> file.toString().endsWith(".java")).toList();
			List<String> options = List.of("-proc:none", "-Xlint:none", "-nowarn", "-parameters", "-d",
					this.folder.resolve("classes").toString(), "-classpath", classPath());
			assertThat(
					compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(all)).call())
				.as("the generated code compiles")
				.isTrue();
		}
		return this;
	}

	String classPath() {
		return Stream
			.of(this.folder.resolve("classes").toString(), this.folder.resolve("resources").toString(),
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
			.reduce((first, second) -> first + File.pathSeparator + second)
			.orElseThrow();
	}

}
