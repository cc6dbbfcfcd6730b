package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.channel.ChannelMappingException;

/**
 * Names the controller and the method that cannot work.
 */
final class ChannelMappingFailureAnalyzer extends AbstractFailureAnalyzer<ChannelMappingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ChannelMappingException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
	}

}
