package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, in Markdown as GitHub reads it.
 */
final class Page {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("`[^`]*`");

	private static final Path ROOT = root();

	private final Path file;

	private final List<String> lines;

	private Page(Path file) {
		this.file = file;
		try {
			this.lines = Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a page.
	 * @param name its path from the root of the repository
	 */
	static Page of(String name) {
		return new Page(ROOT.resolve(name));
	}

	/**
	 * Return all pages: those of the root and of {@code docs}.
	 */
	static List<Page> all() {
		List<Page> pages = new ArrayList<>();
		for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
			try (Stream<Path> files = Files.list(directory)) {
				files.filter((file) -> file.toString().endsWith(".md")).sorted().map(Page::new).forEach(pages::add);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return pages;
	}

	static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null && !Files.exists(directory.resolve("docs"))) {
			directory = directory.getParent();
		}
		if (directory == null) {
			throw new IllegalStateException("No directory above the working directory has docs");
		}
		return directory;
	}

	String name() {
		return ROOT.relativize(this.file).toString().replace('\\', '/');
	}

	Path file() {
		return this.file;
	}

	List<String> lines() {
		return this.lines;
	}

	String text() {
		return String.join("\n", this.lines) + "\n";
	}

	/**
	 * Return the code between fences.
	 */
	List<Fence> fences() {
		List<Fence> fences = new ArrayList<>();
		Fence open = null;
		for (int i = 0; i < this.lines.size(); i++) {
			String line = this.lines.get(i).strip();
			if (!line.startsWith("```")) {
				if (open != null) {
					open.lines().add(this.lines.get(i));
				}
			}
			else if (open != null) {
				fences.add(open);
				open = null;
			}
			else {
				open = new Fence(name(), i + 2, line.substring(3), new ArrayList<>());
			}
		}
		return fences;
	}

	/**
	 * Return the lines that are no code between fences; those that are empty instead.
	 */
	List<String> prose() {
		List<String> prose = new ArrayList<>();
		boolean code = false;
		for (String line : this.lines) {
			boolean fence = line.strip().startsWith("```");
			prose.add((code || fence) ? "" : line);
			code = code != fence;
		}
		return prose;
	}

	/**
	 * Return the targets of all links.
	 */
	List<String> links() {
		return prose().stream()
			.flatMap((line) -> LINK.matcher(CODE.matcher(line).replaceAll("")).results())
			.map((link) -> link.group(1))
			.toList();
	}

	/**
	 * Return the anchors of the headings, as GitHub names them.
	 */
	Set<String> anchors() {
		Set<String> anchors = new HashSet<>();
		Map<String, Integer> seen = new HashMap<>();
		for (String line : prose()) {
			Matcher heading = Pattern.compile("#{1,6} (.*)").matcher(line);
			if (heading.matches()) {
				String anchor = anchor(heading.group(1));
				int before = seen.merge(anchor, 1, Integer::sum) - 1;
				anchors.add((before > 0) ? anchor + "-" + before : anchor);
			}
		}
		return anchors;
	}

	private static String anchor(String heading) {
		String text = heading.strip().replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT);
		return text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	/**
	 * Code between fences.
	 *
	 * @param page the page it is on
	 * @param firstLine the number of its first line on the page
	 * @param language what follows the fence
	 * @param lines its lines
	 */
	record Fence(String page, int firstLine, String language, List<String> lines) {

		String code() {
			return String.join("\n", this.lines) + "\n";
		}

		String place() {
			return this.page + ":" + this.firstLine;
		}

	}

}
