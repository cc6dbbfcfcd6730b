/**
 * Phoenix Channels: conversations of clients on topics, over any transport.
 */
@NullMarked
package io.clusterspring.channel;

import org.jspecify.annotations.NullMarked;
