package io.clusterspring;

import java.time.Duration;
import java.util.List;

/**
 * The state or the result of the wait at boot.
 *
 * @param waiting whether the node still waits
 * @param listed the nodes that are waited for by name, empty without a timeout
 * @param missing the listed nodes that have not been seen
 * @param minimum the minimum number of nodes, this one included; {@code 0} for no minimum
 * @param most the size of the largest view, this node included
 * @param waited how long the wait took, or has taken so far
 */
public record SyncReport(boolean waiting, List<Node> listed, List<Node> missing, int minimum, int most,
		Duration waited) {
}
