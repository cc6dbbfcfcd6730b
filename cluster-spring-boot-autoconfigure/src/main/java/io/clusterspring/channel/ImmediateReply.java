package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is known.
 *
 * @param ok whether it is {@code ok} or {@code error}
 * @param response the response
 */
record ImmediateReply(boolean ok, @Nullable Object response) implements Reply {
}
