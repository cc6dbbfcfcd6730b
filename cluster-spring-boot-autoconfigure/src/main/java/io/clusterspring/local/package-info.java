/**
 * A cluster within one JVM, with partitions and deaths at will: for tests, and for an
 * application that runs alone.
 */
@NullMarked
package io.clusterspring.local;

import org.jspecify.annotations.NullMarked;
