package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.NodeNameTakenException;

/**
 * Explains that a live node already has the name of this node.
 */
final class NodeNameTakenFailureAnalyzer extends AbstractFailureAnalyzer<NodeNameTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NodeNameTakenException cause) {
		String description = "A live node of cluster '" + cause.cluster() + "' already has the name '" + cause.node()
				+ "'.";
		String action = "Give this node another name with cluster.node, stop the other one, "
				+ "or set another cluster.name if the two should not be in one cluster.";
		return new FailureAnalysis(description, action, cause);
	}

}
