package io.clusterspring.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.jgroups.UnguardedTransportException;

/**
 * Explains that a cookie or TLS would have no effect with the JGroups XML.
 */
final class UnguardedTransportFailureAnalyzer extends AbstractFailureAnalyzer<UnguardedTransportException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnguardedTransportException cause) {
		String description = "The JGroups XML of cluster.jgroups.config has " + cause.transport()
				+ " as transport, to which cluster.cookie and cluster.ssl.bundle do not apply: they would not "
				+ "protect the node.";
		String action = """
				Do one of these:
				- have TCP, without TLS of its own, as transport in the XML
				- remove cluster.cookie and cluster.ssl.bundle, and let the XML define how the cluster is secured \
				(AUTH, SYM_ENCRYPT, ASYM_ENCRYPT, or TCP's own tls)
				- remove cluster.jgroups.config""";
		return new FailureAnalysis(description, action, cause);
	}

}
