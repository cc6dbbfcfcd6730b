/**
 * The cluster as those see it who operate it: endpoint, health, meters, observations.
 */
@NullMarked
package io.clusterspring.actuate;

import org.jspecify.annotations.NullMarked;
