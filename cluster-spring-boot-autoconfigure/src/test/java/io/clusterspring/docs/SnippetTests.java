package io.clusterspring.docs;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;
import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

import io.clusterspring.docs.Page.Fence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the Java on the pages. A snippet with an import is a whole file. One without
 * is the members of a class, with {@link #IMPORTS} above it.
 */
class SnippetTests {

	private static final List<String> IMPORTS = List.of("io.clusterspring.*", "io.clusterspring.autoconfigure.*",
			"io.clusterspring.channel.*", "io.clusterspring.failover.*", "io.clusterspring.jgroups.*",
			"io.clusterspring.presence.*", "io.clusterspring.pubsub.*", "io.clusterspring.stomp.*", "java.util.*",
			"org.springframework.context.annotation.*", "org.springframework.context.event.*",
			"org.springframework.messaging.handler.annotation.*", "org.springframework.messaging.simp.config.*",
			"org.springframework.scheduling.annotation.*", "org.springframework.stereotype.*");

	@Test
	void theJavaOnThePagesCompiles() throws Exception {
		List<Snippet> snippets = Page.all()
			.stream()
			.flatMap((page) -> page.fences().stream())
			.filter((fence) -> fence.language().equals("java"))
			.map(Snippet::new)
			.toList();
		assertThat(snippets).isNotEmpty();
		assertThat(errors(snippets)).isEmpty();
	}

	private static List<String> errors(List<Snippet> snippets) throws Exception {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		List<String> options = List.of("-proc:none", "-Xlint:none", "-parameters", "-classpath", classPath());
		JavacTask task = (JavacTask) compiler.getTask(null, null, diagnostics, options, null, snippets);
		task.analyze();
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map(SnippetTests::describe)
			.toList();
	}

	private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
		String message = diagnostic.getMessage(Locale.ENGLISH);
		return (diagnostic.getSource() instanceof Snippet snippet) ? snippet.fence.page() + ":"
				+ (snippet.fence.firstLine() + diagnostic.getLineNumber() - 1) + ": " + message : message;
	}

	/**
	 * Return the class path of the tests, whichever way they were started.
	 */
	private static String classPath() throws Exception {
		List<String> entries = new ArrayList<>();
		if (SnippetTests.class.getClassLoader() instanceof URLClassLoader loader) {
			for (URL url : loader.getURLs()) {
				entries.add(Path.of(url.toURI()).toString());
			}
		}
		String surefire = System.getProperty("surefire.test.class.path");
		entries.addAll(Arrays
			.asList(((surefire != null) ? surefire : System.getProperty("java.class.path")).split(File.pathSeparator)));
		return String.join(File.pathSeparator, entries);
	}

	private static final class Snippet extends SimpleJavaFileObject {

		private final Fence fence;

		private Snippet(Fence fence) {
			super(URI.create("snippet:///" + packageOf(fence) + "/Snippet.java"), Kind.SOURCE);
			this.fence = fence;
		}

		private static String packageOf(Fence fence) {
			return "snippet." + fence.page().replaceAll("\\W", "_") + "_" + fence.firstLine();
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			String start = "package " + packageOf(this.fence) + "; ";
			if (this.fence.lines().stream().anyMatch((line) -> line.strip().startsWith("import "))) {
				return start + this.fence.code();
			}
			String imports = IMPORTS.stream().map((name) -> "import " + name + "; ").collect(Collectors.joining());
			return start + imports + "abstract class Members { " + this.fence.code() + "}";
		}

		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return StringUtils.hasText(simpleName);
		}

	}

}
