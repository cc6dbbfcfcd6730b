/**
 * Handlers with annotations: finds the controllers, calls their methods, and decides what
 * the result of a join means. Built on the package of the channels only; a
 * {@link io.clusterspring.channel.ChannelRoute} is all that the other rooms get.
 */
@NullMarked
package io.clusterspring.channel.controller;

import org.jspecify.annotations.NullMarked;
