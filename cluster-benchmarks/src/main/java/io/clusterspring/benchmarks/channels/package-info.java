/**
 * What channels cost: clients that load two nodes with rooms.
 */
@NullMarked
package io.clusterspring.benchmarks.channels;

import org.jspecify.annotations.NullMarked;
