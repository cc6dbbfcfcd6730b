package io.clusterspring.dashboard;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.web.util.HtmlUtils;

import io.clusterspring.text.Utf8;

/**
 * Where the page finds its files and the endpoint {@code cluster}, relative to itself:
 * both may be mapped to other paths, and a proxy may add a path in front.
 *
 * @param endpoints the endpoints that are exposed, {@code null} if that is not known
 */
record PageLinks(Supplier<@Nullable PathMappedEndpoints> endpoints) {

	static final EndpointId PAGE = EndpointId.of("clusterDashboard");

	private static final EndpointId CLUSTER = EndpointId.of("cluster");

	/**
	 * Return the page with its links.
	 * @param page the page with a place for each link
	 */
	PageFile in(PageFile page) {
		String own = path(PAGE, "cluster-dashboard");
		String up = "../".repeat((int) own.chars().filter((each) -> each == '/').count());
		String cluster = path(CLUSTER, "");
		String html = Utf8.decode(page.content())
			.replace("{page}", HtmlUtils.htmlEscape(own.substring(own.lastIndexOf('/') + 1)))
			.replace("{cluster}", cluster.isEmpty() ? "" : HtmlUtils.htmlEscape(up + cluster));
		return new PageFile(page.type(), Utf8.encode("the page", html));
	}

	private String path(EndpointId id, String otherwise) {
		PathMappedEndpoints present = this.endpoints.get();
		String path = (present != null) ? present.getRootPath(id) : null;
		return (path != null) ? path : otherwise;
	}

}
