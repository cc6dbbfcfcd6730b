package io.clusterspring.autoconfigure.diagnostics;

import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

import io.clusterspring.MandatoryNodesDownException;
import io.clusterspring.RefusedPeer;
import io.clusterspring.RefusedPeer.Reason;

/**
 * Names the mandatory nodes that were not seen in time, and the processes that were found
 * but refused, for example because they have another cookie.
 */
final class MandatoryNodesDownFailureAnalyzer extends AbstractFailureAnalyzer<MandatoryNodesDownException> {

	private static final Map<Reason, String> ACTIONS = Map.of(Reason.COOKIE,
			"Give all nodes of the cluster the same cluster.cookie.", Reason.CLUSTER,
			"Give all nodes of the cluster the same cluster.name.", Reason.TLS, """
					Give all nodes of the cluster an SSL bundle (cluster.ssl.bundle) with a certificate that the \
					bundles of the others trust.""", Reason.EXPIRED, """
					Give the nodes certificates that are valid now, and check their clocks.""", Reason.VERSION,
			"Run the same release on all nodes, or two that are compatible, with the same minor version of "
					+ "JGroups: docs/upgrading.md.",
			Reason.RELAY, """
					Name the nodes' own addresses where they are looked for, and find out what listens at the address \
					that was asked.""", Reason.STRANGER, "Look for what else listens on the ports of the cluster.");

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MandatoryNodesDownException cause) {
		String missing = StringUtils.collectionToDelimitedString(cause.missing(), ", ");
		String description = "Mandatory nodes were not seen in cluster '" + cause.cluster() + "' within "
				+ cause.timeout() + ": " + missing + "." + describeUnreached(cause);
		if (!cause.refused().isEmpty()) {
			return new FailureAnalysis(description + describe(cause), act(cause), cause);
		}
		String action = """
				For each of them, check that
				- it is started, with the same cluster.name as this node ('%s')
				- its cluster.node is exactly the name that is listed in cluster.sync-nodes-mandatory here
				- its host and port are reachable from here: name its port in the list if it is not in the range \
				of cluster.port and cluster.port-range, and let firewalls pass these ports
				If the application can start without them, list them in cluster.sync-nodes-optional instead."""
			.formatted(cause.cluster());
		return new FailureAnalysis(description, action, cause);
	}

	private static String describeUnreached(MandatoryNodesDownException cause) {
		return cause.unreached()
			.stream()
			.map((place) -> "%n- %s: %s".formatted(place.place(), place.detail()))
			.collect(Collectors.joining("", cause.unreached().isEmpty() ? "" : " The search for nodes failed:",
					(cause.unreached().isEmpty() || cause.refused().isEmpty()) ? "" : System.lineSeparator()));
	}

	private static String describe(MandatoryNodesDownException cause) {
		return cause.refused()
			.stream()
			.map((peer) -> "%n- %s: %s".formatted(peer.address(), peer.detail()))
			.collect(Collectors.joining("", " These processes were found but refused:", ""));
	}

	private static String act(MandatoryNodesDownException cause) {
		return cause.refused()
			.stream()
			.map(RefusedPeer::reason)
			.distinct()
			.sorted()
			.map(ACTIONS::get)
			.collect(Collectors.joining(System.lineSeparator()));
	}

}
