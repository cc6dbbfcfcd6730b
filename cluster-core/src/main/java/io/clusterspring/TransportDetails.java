package io.clusterspring;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Details of a {@link ClusterTransport} for operators.
 *
 * @param engine the engine and its version
 * @param port the TCP port this node listens on, {@code null} if there is none
 * @param addresses the address of each node of the view, as far as it is known
 */
public record TransportDetails(String engine, @Nullable Integer port, Map<Node, String> addresses) {
}
