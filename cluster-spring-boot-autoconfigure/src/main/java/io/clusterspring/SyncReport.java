package io.clusterspring;

import java.time.Duration;
import java.util.List;

/**
 * How the wait at boot went, or goes.
 *
 * @param waiting whether it is still going on
 * @param listed the nodes that are waited for by name, empty without a timeout
 * @param missing the listed nodes that have not been seen
 * @param minimum how many nodes, this one included, are waited for by number; {@code 0}
 * if none are
 * @param most how many nodes there were at once at most, this one included
 * @param waited how long it took, or has taken so far
 */
public record SyncReport(boolean waiting, List<Node> listed, List<Node> missing, int minimum, int most,
		Duration waited) {
}
