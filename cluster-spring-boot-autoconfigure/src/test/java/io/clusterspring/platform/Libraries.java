package io.clusterspring.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The libraries of an application that is not this build: Maven resolves them, by the
 * local repository if it has them all. Without them the test is skipped; with
 * {@code CI=true} in the environment it fails.
 */
final class Libraries {

	private static final Path MODULE = Path.of("").toAbsolutePath();

	private static final Path REPOSITORY = Objects.requireNonNull(MODULE.getParent());

	private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.10.0:build-classpath";

	private Libraries() {
	}

	/**
	 * Return the class path of an application: our modules and their tests as they are
	 * built here, and what a Maven project has.
	 * @param boot the version of Spring Boot
	 * @param starters the Spring Boot artifacts of the project
	 * @return the class path
	 * @throws IOException if Maven cannot be started
	 */
	static String classPath(String boot, String... starters) throws IOException {
		return join(Stream.concat(own(), resolve(boot, starters).stream()));
	}

	/**
	 * Return what is built here, and the engine that it was built for.
	 * @return the entries
	 */
	static Stream<String> own() {
		return all().filter((entry) -> Path.of(entry).toAbsolutePath().startsWith(REPOSITORY)
				|| Path.of(entry).getFileName().toString().startsWith("jgroups-5"));
	}

	static Stream<String> all() {
		return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.split(File.pathSeparator));
	}

	static String join(Stream<String> entries) {
		return entries.collect(Collectors.joining(File.pathSeparator));
	}

	static List<String> resolve(String boot, String... starters) throws IOException {
		Path folder = Files.createTempDirectory("libraries");
		try {
			Files.writeString(folder.resolve("pom.xml"), project(boot, starters));
			Path result = folder.resolve("classpath");
			String log = maven(folder, "-o", PLUGIN, "-Dmdep.outputFile=" + result);
			if (!Files.exists(result)) {
				log = maven(folder, PLUGIN, "-Dmdep.outputFile=" + result);
			}
			return Files.exists(result) ? List.of(Files.readString(result).strip().split(File.pathSeparator))
					: missing("Maven does not find Spring Boot " + boot + ": " + log);
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private static String project(String boot, String... starters) {
		String dependencies = Stream.of(starters)
			.map((artifact) -> "<dependency><groupId>org.springframework.boot</groupId><artifactId>" + artifact
					+ "</artifactId></dependency>")
			.collect(Collectors.joining("\n"));
		return """
				<project xmlns="http://maven.apache.org/POM/4.0.0">
				<modelVersion>4.0.0</modelVersion>
				<parent>
				<groupId>org.springframework.boot</groupId>
				<artifactId>spring-boot-starter-parent</artifactId>
				<version>%s</version>
				<relativePath/>
				</parent>
				<groupId>io.clusterspring.tests</groupId>
				<artifactId>libraries</artifactId>
				<version>0</version>
				<properties>
				<netty.version>4.2.18.Final</netty.version>
				</properties>
				<dependencies>
				%s
				</dependencies>
				</project>
				""".formatted(boot, dependencies);
	}

	private static String maven(Path folder, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B"));
		command.addAll(List.of(arguments));
		Process maven = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
		return maven.inputReader().lines().limit(20).collect(Collectors.joining("\n"));
	}

	static <T> T missing(String reason) {
		return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
	}

}
