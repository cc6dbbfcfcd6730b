package io.clusterspring;

import java.util.Map;

/**
 * What there is to know of a {@link ClusterTransport} for those who operate it.
 *
 * @param engine the engine and its version
 * @param addresses where each node of the view is reached, as far as it is known
 */
public record TransportDetails(String engine, Map<Node, String> addresses) {
}
