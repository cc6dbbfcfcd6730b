/**
 * Measures the cost of messages between nodes, in processes of their own, beside the cost
 * of JGroups alone with the same protocols.
 */
@NullMarked
package io.clusterspring.benchmarks;

import org.jspecify.annotations.NullMarked;
