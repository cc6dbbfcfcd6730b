package io.clusterspring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.NodeNameTakenException;

/**
 * Says that a live node has the name already.
 */
final class NodeNameTakenFailureAnalyzer extends AbstractFailureAnalyzer<NodeNameTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NodeNameTakenException cause) {
		String description = "A live node of cluster '" + cause.cluster() + "' already has the name '" + cause.node()
				+ "'.";
		String action = "Give this node another name with cluster.node, stop the other one, "
				+ "or set another cluster.name if they are not to be one cluster.";
		return new FailureAnalysis(description, action, cause);
	}

}
