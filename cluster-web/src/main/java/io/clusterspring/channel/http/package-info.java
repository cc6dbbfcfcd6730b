/**
 * Reads the HTTP request of a client, for all transports: its origin and its parameters.
 */
@NullMarked
package io.clusterspring.channel.http;

import org.jspecify.annotations.NullMarked;
