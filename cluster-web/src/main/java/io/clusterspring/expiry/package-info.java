/**
 * Until when a client may be connected, for channels and STOMP: {@link UserExpiry} reads
 * it from the user, and a {@link Deadline} waits for it.
 */
@NullMarked
package io.clusterspring.expiry;

import org.jspecify.annotations.NullMarked;
