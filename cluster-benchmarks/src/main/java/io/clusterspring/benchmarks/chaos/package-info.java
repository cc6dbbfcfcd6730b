/**
 * Runs failure scenarios with many nodes, each a process on a machine of its own: a start
 * of all at once, a death of half of them, a link that flaps, a process that sleeps. It
 * checks guarantees and does not measure speed.
 */
@NullMarked
package io.clusterspring.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
