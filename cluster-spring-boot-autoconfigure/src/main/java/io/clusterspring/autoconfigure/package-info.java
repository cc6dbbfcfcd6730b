/**
 * Auto-configuration of the cluster and of the features on top of it.
 */
@NullMarked
package io.clusterspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
