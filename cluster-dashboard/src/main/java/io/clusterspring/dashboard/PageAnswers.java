package io.clusterspring.dashboard;

import java.util.Objects;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Makes answers of files. Headers need Spring MVC: the actuator can give them to no other
 * framework. The page has its Content-Security-Policy in itself as well.
 */
@FunctionalInterface
interface PageAnswers {

	/** Nothing but what comes with the page, and no markup made of text. */
	String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
			+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
			+ "trusted-types 'none'";

	Object of(PageFile file);

	/**
	 * Return answers for Spring MVC, which takes entities with headers as they are.
	 */
	static PageAnswers withHeaders() {
		return (file) -> ResponseEntity.ok()
			.contentType(MediaType.asMediaType(file.type()))
			.cacheControl(CacheControl.noCache().cachePrivate())
			.eTag(file.tag())
			.header("Content-Security-Policy", POLICY)
			.header("X-Content-Type-Options", "nosniff")
			.header("Referrer-Policy", "no-referrer")
			.header("X-Frame-Options", "DENY")
			.body(file.content());
	}

	/**
	 * Return answers for other frameworks.
	 */
	static PageAnswers plain() {
		return (file) -> new WebEndpointResponse<>(file.content(), WebEndpointResponse.STATUS_OK,
				Objects.requireNonNull(file.type()));
	}

}
