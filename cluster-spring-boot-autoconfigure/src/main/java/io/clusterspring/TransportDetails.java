package io.clusterspring;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a {@link ClusterTransport} for those who operate it.
 *
 * @param engine the engine and its version
 * @param port the TCP port this node listens on, {@code null} if there is none
 * @param addresses where each node of the view is reached, as far as it is known
 */
public record TransportDetails(String engine, @Nullable Integer port, Map<Node, String> addresses) {
}
