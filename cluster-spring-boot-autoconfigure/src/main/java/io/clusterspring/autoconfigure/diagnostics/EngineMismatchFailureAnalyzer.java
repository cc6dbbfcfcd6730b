package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.jgroups.EngineMismatchException;

/**
 * Explains that the JGroups on the class path is not the one that the starter was built
 * for.
 */
final class EngineMismatchFailureAnalyzer extends AbstractFailureAnalyzer<EngineMismatchException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EngineMismatchException cause) {
		String description = "JGroups " + cause.found() + " is on the class path. This release of the cluster starter "
				+ "was built for JGroups " + cause.expected() + ", and uses something that the present version "
				+ "does not have: " + cause.getCause() + ".";
		String action = """
				Do one of these:
				- leave the version of org.jgroups:jgroups to the starter: remove your own, and look for other \
				dependencies that bring it (mvn dependency:tree -Dincludes=org.jgroups)
				- use a release of the starter that was built for JGroups %s (docs/upgrading.md)"""
			.formatted(cause.found());
		return new FailureAnalysis(description, action, cause);
	}

}
