package io.clusterspring.autoconfigure.diagnostics;

import java.net.UnknownHostException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.NodeBindException;

/**
 * Explains why the node cannot listen on its host and ports.
 */
final class NodeBindFailureAnalyzer extends AbstractFailureAnalyzer<NodeBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NodeBindException cause) {
		String description = "Node '" + cause.node() + "' cannot listen on host '" + cause.host() + "', TCP ports "
				+ cause.firstPort() + " to " + cause.lastPort() + ": " + reason(cause) + ".";
		String action = """
				Check that
				- the host in cluster.bind, or without it the one in cluster.node ('%s'), is a name or an address \
				of this machine; where others find it, if that is elsewhere, is for cluster.advertised to say
				- its name service knows the hosts in cluster.node and cluster.advertised
				- one of these ports is free, or set another cluster.port or a larger cluster.port-range
				- no other instance of this application with the same cluster.node is running"""
			.formatted(cause.node());
		return new FailureAnalysis(description, action, cause);
	}

	private static String reason(NodeBindException cause) {
		Throwable reason = cause.getCause();
		if (reason instanceof UnknownHostException) {
			return "the host is unknown (" + reason.getMessage() + ")";
		}
		return (reason != null) ? String.valueOf(reason.getMessage()) : "it is taken";
	}

}
