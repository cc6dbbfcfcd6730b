/**
 * The wire format between a Phoenix client and a channel: messages and their serializers,
 * without threads and I/O.
 */
@NullMarked
package io.clusterspring.channel.protocol;

import org.jspecify.annotations.NullMarked;
