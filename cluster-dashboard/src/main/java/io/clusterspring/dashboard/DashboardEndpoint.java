package io.clusterspring.dashboard;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

import io.clusterspring.Cluster;

/**
 * The actuator endpoint {@code clusterDashboard}: the page, its files and the samples of
 * this node. It is secured as the other endpoints are.
 */
@WebEndpoint(id = "clusterDashboard", defaultAccess = Access.READ_ONLY)
final class DashboardEndpoint {

	private final Cluster cluster;

	private final Sampler sampler;

	private final PageLinks links;

	private final PageAnswers answers;

	/** The files that were asked for; no more than the page has. */
	private final Map<String, PageFile> files = new ConcurrentHashMap<>();

	DashboardEndpoint(Cluster cluster, Sampler sampler, PageLinks links, PageAnswers answers) {
		this.cluster = cluster;
		this.sampler = sampler;
		this.links = links;
		this.answers = answers;
	}

	/**
	 * Return the page.
	 */
	@ReadOperation(produces = "text/html")
	Object page() {
		return this.answers.of(this.links.in(Objects.requireNonNull(file("index.html"))));
	}

	/**
	 * Return a file of the page, or the samples of this node.
	 * @param path the name of the file in parts, or {@code samples}
	 * @param run the run of this node that {@code after} is of
	 * @param after the number of the last sample that is known
	 * @return the answer, {@code null} if there is no such file
	 */
	@ReadOperation(produces = { "application/json", "text/javascript", "text/css", "image/svg+xml" })
	@Nullable Object part(@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable String run, @Nullable Long after) {
		String name = String.join("/", path);
		if (name.equals("samples")) {
			return this.sampler.after(this.cluster.self().toString(), Objects.requireNonNullElse(run, ""),
					(after != null) ? Math.max(0, after) : 0);
		}
		PageFile file = name.endsWith(".html") ? null : file(name);
		return (file != null) ? this.answers.of(file) : null;
	}

	private @Nullable PageFile file(String name) {
		PageFile known = this.files.get(name);
		if (known == null) {
			known = PageFile.read(name);
			if (known != null) {
				this.files.put(name, known);
			}
		}
		return known;
	}

}
