package io.clusterspring.presence;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What presence runs on.
 *
 * @param application runs the application's code: listeners and a {@link PresenceFetcher}
 * @param deliveries runs none of it, so that no handler can hold it up: what comes from
 * and goes to other nodes and clients
 * @param timer posts to mailboxes
 */
record PresenceThreads(Executor application, Executor deliveries, ScheduledExecutorService timer) {
}
