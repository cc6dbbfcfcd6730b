package io.clusterspring.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Javadoc of the API names each parameter and each result. Internal Javadoc need not.
 */
class ApiJavadocTests {

	@Test
	void methodsOfTheApiDocumentTheirParametersAndResults() throws IOException {
		Set<String> types = new TreeSet<>();
		new PublicTypes().api().forEach((type) -> types.add(type.replaceAll("\\$.*", "")));
		List<Path> files = Sources.ofModules("src/main/java")
			.stream()
			.filter((file) -> types.stream().anyMatch((type) -> file.endsWith(type.replace('.', '/') + ".java")))
			.toList();
		assertThat(files).hasSameSizeAs(types);
		assertThat(missingIn(files)).isEmpty();
	}

	private static List<String> missingIn(List<Path> files) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		List<String> missing = new ArrayList<>();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			Iterable<? extends JavaFileObject> sources = manager.getJavaFileObjectsFromPaths(files);
			JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources);
			DocTrees trees = DocTrees.instance(task);
			for (CompilationUnitTree unit : task.parse()) {
				new Members(trees, missing).scan(unit, null);
			}
		}
		return missing;
	}

	/** Looks at the public and protected methods of public types. */
	private static final class Members extends TreePathScanner<Void, ClassTree> {

		private final DocTrees trees;

		private final List<String> missing;

		Members(DocTrees trees, List<String> missing) {
			this.trees = trees;
			this.missing = missing;
		}

		@Override
		public Void visitClass(ClassTree type, ClassTree outer) {
			return (outer == null || isShown(type.getModifiers(), outer)) ? super.visitClass(type, type) : null;
		}

		@Override
		public Void visitMethod(MethodTree method, ClassTree type) {
			DocCommentTree comment = this.trees.getDocCommentTree(getCurrentPath());
			if (comment != null && isShown(method.getModifiers(), type) && !overrides(method)) {
				Set<String> documented = comment.getBlockTags()
					.stream()
					.map(Members::documented)
					.collect(Collectors.toSet());
				method.getParameters()
					.forEach((parameter) -> require(documented, "@param " + parameter.getName(), method, type));
				if (method.getReturnType() != null && !method.getReturnType().toString().equals("void")) {
					require(documented, "@return", method, type);
				}
			}
			return null;
		}

		private void require(Set<String> documented, String tag, MethodTree method, ClassTree type) {
			if (!documented.contains(tag)) {
				this.missing.add(type.getSimpleName() + "." + method.getName() + " has no " + tag);
			}
		}

		private static String documented(DocTree tag) {
			return (tag instanceof ParamTree param) ? "@param " + param.getName()
					: (tag.getKind() == DocTree.Kind.RETURN) ? "@return" : tag.getKind().toString();
		}

		// the Javadoc of the overridden method holds
		private static boolean overrides(MethodTree method) {
			return method.getModifiers()
				.getAnnotations()
				.stream()
				.anyMatch((annotation) -> annotation.getAnnotationType().toString().equals("Override"));
		}

		private static boolean isShown(ModifiersTree modifiers, ClassTree type) {
			return type.getKind() == Kind.INTERFACE || type.getKind() == Kind.ANNOTATION_TYPE
					|| modifiers.getFlags().contains(Modifier.PUBLIC)
					|| modifiers.getFlags().contains(Modifier.PROTECTED);
		}

	}

}
