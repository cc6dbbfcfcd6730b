package io.clusterspring.channel;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is not known yet.
 *
 * @param stage completes with it
 */
record LaterReply(CompletionStage<? extends @Nullable Object> stage) implements Reply {
}
