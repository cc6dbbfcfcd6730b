/**
 * What many nodes go through on a bad day, each a process on a machine of its own: a
 * start of all at once, a death of half of them, a link that flaps, a process that
 * sleeps. Not how fast it is, but what holds.
 */
@NullMarked
package io.clusterspring.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
