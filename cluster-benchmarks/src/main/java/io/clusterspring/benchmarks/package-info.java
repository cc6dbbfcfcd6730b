/**
 * What messages between nodes cost, in processes of their own, next to what JGroups alone
 * costs with the same protocols.
 */
@NullMarked
package io.clusterspring.benchmarks;

import org.jspecify.annotations.NullMarked;
