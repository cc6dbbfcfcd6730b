/**
 * A chat whose rooms span the nodes of a cluster: channels for the rooms, and a channel
 * that shows the cluster.
 */
@NullMarked
package io.clusterspring.samples.chat;

import org.jspecify.annotations.NullMarked;
