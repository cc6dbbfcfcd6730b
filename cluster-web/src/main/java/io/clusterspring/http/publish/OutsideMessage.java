package io.clusterspring.http.publish;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A message that a request wants to be published.
 *
 * @param event the event for clients, or {@code null} for a plain payload between nodes
 * @param payload the payload, JSON in UTF-8 as it was sent
 */
record OutsideMessage(@Nullable String event, ByteBuffer payload) {
}
