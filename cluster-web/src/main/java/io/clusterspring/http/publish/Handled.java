package io.clusterspring.http.publish;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.MessagePosition;

/**
 * A request whose messages were published.
 *
 * @param key its name
 * @param body the hash of its body
 * @param messages how many messages it had
 * @param position the position of the last one, {@code null} if the topic has no history
 * @param at when it was handled, on the clock of {@link System#nanoTime()} of this node
 */
record Handled(RequestKey key, RequestKey body, int messages, @Nullable MessagePosition position, long at) {
}
