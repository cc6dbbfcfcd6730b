/**
 * A chat whose rooms span the nodes of a cluster: channels for the rooms, one more
 * channel that shows the cluster at work.
 */
@NullMarked
package io.clusterspring.samples.chat;

import org.jspecify.annotations.NullMarked;
