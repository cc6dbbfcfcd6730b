/**
 * How connections of clients are closed when the node goes down: some at a time, before
 * the node leaves the cluster.
 */
@NullMarked
package io.clusterspring.drain;

import org.jspecify.annotations.NullMarked;
