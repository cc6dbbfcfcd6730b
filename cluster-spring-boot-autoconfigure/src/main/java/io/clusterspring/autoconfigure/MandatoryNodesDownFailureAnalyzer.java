package io.clusterspring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

import io.clusterspring.MandatoryNodesDownException;

/**
 * Names the mandatory nodes that were not seen in time.
 */
final class MandatoryNodesDownFailureAnalyzer extends AbstractFailureAnalyzer<MandatoryNodesDownException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MandatoryNodesDownException cause) {
		String missing = StringUtils.collectionToDelimitedString(cause.missing(), ", ");
		String description = "Mandatory nodes were not seen in cluster '" + cause.cluster() + "' within "
				+ cause.timeout() + ": " + missing + ".";
		String action = """
				For each of them, check that
				- it is started, with the same cluster.name as this node ('%s')
				- its cluster.node is exactly the name that is listed in cluster.sync-nodes-mandatory here
				- its host and port are reachable from here: name its port in the list if it is not in the range \
				of cluster.port and cluster.port-range, and let firewalls pass these ports and those of the \
				failure detection (100 above)
				If the application can start without them, list them in cluster.sync-nodes-optional instead."""
			.formatted(cause.cluster());
		return new FailureAnalysis(description, action, cause);
	}

}
