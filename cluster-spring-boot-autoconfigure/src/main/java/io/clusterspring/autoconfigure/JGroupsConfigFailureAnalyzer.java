package io.clusterspring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

import io.clusterspring.jgroups.JGroupsConfigException;

/**
 * Names the JGroups XML that cannot be used, and says why.
 */
final class JGroupsConfigFailureAnalyzer extends AbstractFailureAnalyzer<JGroupsConfigException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, JGroupsConfigException cause) {
		String description = "The JGroups XML of cluster.jgroups.config, " + cause.config().getDescription()
				+ ", cannot be used: " + NestedExceptionUtils.getMostSpecificCause(cause).getMessage();
		String action = "Check that the file is there and readable, that it is well-formed XML, that each protocol "
				+ "and attribute in it exists in the version of JGroups on the classpath, and that its bind "
				+ "address is one of this machine and a port of its range is free. Without cluster.jgroups.config the node uses a configuration of its own.";
		return new FailureAnalysis(description, action, cause);
	}

}
