/**
 * Auto-configuration of the cluster and what is built on it.
 */
@NullMarked
package io.clusterspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
