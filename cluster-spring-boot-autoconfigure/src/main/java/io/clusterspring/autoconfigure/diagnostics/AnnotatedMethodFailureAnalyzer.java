package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.AnnotatedMethodException;

/**
 * Names the method that cannot work as it is annotated.
 */
final class AnnotatedMethodFailureAnalyzer extends AbstractFailureAnalyzer<AnnotatedMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AnnotatedMethodException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
	}

}
