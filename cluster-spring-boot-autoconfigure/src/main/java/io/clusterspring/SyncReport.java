package io.clusterspring;

import java.time.Duration;
import java.util.List;

/**
 * How the wait at boot went, or goes.
 *
 * @param waiting whether it is still going on
 * @param missing the listed nodes that have not been seen
 * @param waited how long it took, or has taken so far
 */
public record SyncReport(boolean waiting, List<Node> missing, Duration waited) {
}
