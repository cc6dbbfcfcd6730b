package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that topics cannot be served by HTTP.
 */
final class UnservedTopicsFailureAnalyzer extends AbstractFailureAnalyzer<UnservedTopicsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnservedTopicsException cause) {
		String property = cause.property() + "=true";
		String authorizer = cause.authorizer();
		if (authorizer != null) {
			String type = authorizer.substring(authorizer.lastIndexOf('.') + 1);
			return new FailureAnalysis(
					"The property " + property + " serves topics by HTTP, but no bean of type " + authorizer
							+ " says which request may do that.",
					"Define a bean of type " + type
							+ " that decides by the topic and the user of the request, or remove " + property
							+ ". A bean that accepts all requests opens the topics to everybody who can "
							+ "reach the web server (docs/http.md).",
					cause);
		}
		return new FailureAnalysis(
				"The property " + property + " serves topics by HTTP, but this application has no servlet container "
						+ "with Spring MVC: it has no web server, it is reactive (Spring WebFlux), or it has no "
						+ "cluster-web on its class path.",
				"Remove " + property + " here and serve the topics from another application of the same cluster, or "
						+ "make this a servlet application with the dependency cluster-spring-boot-starter.",
				cause);
	}

}
