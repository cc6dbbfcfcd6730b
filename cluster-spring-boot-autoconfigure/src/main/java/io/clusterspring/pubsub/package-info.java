/**
 * Topics: what is broadcast on one node reaches the subscribers on all.
 */
@NullMarked
package io.clusterspring.pubsub;

import org.jspecify.annotations.NullMarked;
