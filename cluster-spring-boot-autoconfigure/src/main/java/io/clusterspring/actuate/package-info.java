/**
 * Actuator support for operators: endpoint, health, meters, observations.
 */
@NullMarked
package io.clusterspring.actuate;

import org.jspecify.annotations.NullMarked;
