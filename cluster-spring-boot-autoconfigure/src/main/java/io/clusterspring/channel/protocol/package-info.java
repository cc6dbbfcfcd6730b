/**
 * What goes over the wire between a Phoenix client and a channel: messages and their
 * serializers, free of threads and I/O.
 */
@NullMarked
package io.clusterspring.channel.protocol;

import org.jspecify.annotations.NullMarked;
