/**
 * Measures clusters of many nodes, each a process with a small heap: how one view forms
 * from a start of all at once, what nodes do that have nothing to do, what a death of
 * some and a restart of all take, and what topics cost that few nodes listen to.
 */
@NullMarked
package io.clusterspring.benchmarks.many;

import org.jspecify.annotations.NullMarked;
