/**
 * Limits for clients and handlers, and what counts them: rates, waiting messages, and how
 * often each limit was reached. Sees none of the other rooms of the channels. Each limit
 * is a property, and a value of {@link io.clusterspring.channel.limit.ChannelLimit}.
 */
@NullMarked
package io.clusterspring.channel.limit;

import org.jspecify.annotations.NullMarked;
