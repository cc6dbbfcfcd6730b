package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.TooFewNodesException;

/**
 * Compares the number of nodes that were seen with the minimum.
 */
final class TooFewNodesFailureAnalyzer extends AbstractFailureAnalyzer<TooFewNodesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TooFewNodesException cause) {
		String description = "Cluster '" + cause.cluster() + "' had " + cause.present() + " of the " + cause.minimum()
				+ " nodes that cluster.sync-nodes-minimum requires within " + cause.timeout() + ".";
		String action = """
				Check that
				- as many nodes are started, with the same cluster.name as this node ('%s')
				- they find each other: cluster.discovery.type and its properties are right, and cluster.node names \
				an address that the others reach
				- firewalls and network policies let the ports of cluster.port and cluster.port-range pass, and those \
				of cluster.discovery
				If the application can start with fewer, set a smaller cluster.sync-nodes-minimum."""
			.formatted(cause.cluster());
		return new FailureAnalysis(description, action, cause);
	}

}
