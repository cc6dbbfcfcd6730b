/**
 * Closes the connections of clients in batches when the node stops, before it leaves the
 * cluster.
 */
@NullMarked
package io.clusterspring.drain;

import org.jspecify.annotations.NullMarked;
