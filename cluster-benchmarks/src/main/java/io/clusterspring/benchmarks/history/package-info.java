/**
 * Measures what a history of topics costs, and what happens to clients that follow it
 * when a node is killed.
 */
@NullMarked
package io.clusterspring.benchmarks.history;

import org.jspecify.annotations.NullMarked;
