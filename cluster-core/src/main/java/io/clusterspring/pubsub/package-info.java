/**
 * Topics: a broadcast on one node reaches the subscribers on all nodes.
 */
@NullMarked
package io.clusterspring.pubsub;

import org.jspecify.annotations.NullMarked;
