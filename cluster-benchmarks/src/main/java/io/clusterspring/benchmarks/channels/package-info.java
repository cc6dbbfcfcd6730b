/**
 * Measures the cost of channels with clients that load two nodes with rooms.
 */
@NullMarked
package io.clusterspring.benchmarks.channels;

import org.jspecify.annotations.NullMarked;
