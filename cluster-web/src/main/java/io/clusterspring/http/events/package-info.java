/**
 * Server-sent events: the broadcasts of a topic for a browser without a client library.
 * The door is {@link io.clusterspring.http.events.EventsEndpoint}. A {@code TopicStreams}
 * has one {@code TopicStream} for each topic, which encodes a broadcast once; each client
 * is an {@code EventStream}, which never blocks.
 */
@NullMarked
package io.clusterspring.http.events;

import org.jspecify.annotations.NullMarked;
