/**
 * A cluster within one JVM, for tests with partitions and killed nodes, and for an
 * application that runs on one node.
 */
@NullMarked
package io.clusterspring.local;

import org.jspecify.annotations.NullMarked;
