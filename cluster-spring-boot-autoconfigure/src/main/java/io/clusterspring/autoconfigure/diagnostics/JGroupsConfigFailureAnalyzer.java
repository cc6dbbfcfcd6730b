package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

import io.clusterspring.jgroups.JGroupsConfigException;

/**
 * Names the JGroups XML that cannot be used, and the cause.
 */
final class JGroupsConfigFailureAnalyzer extends AbstractFailureAnalyzer<JGroupsConfigException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, JGroupsConfigException cause) {
		String description = "The JGroups XML of cluster.jgroups.config, " + cause.config().getDescription()
				+ ", cannot be used: " + NestedExceptionUtils.getMostSpecificCause(cause).getMessage();
		String action = "Check that the file exists and is readable, that it is well-formed XML, that the "
				+ "version of JGroups on the class path has each protocol and attribute in it, that its bind "
				+ "address is an address of this machine, and that a port of its range is free. Without "
				+ "cluster.jgroups.config the node uses a configuration of its own.";
		return new FailureAnalysis(description, action, cause);
	}

}
