/**
 * Actuator support for operators: the endpoint {@code cluster}, health, meters and
 * observations, and the auto-configurations that register them, each if its library is
 * present. It may use all packages, and none uses it. Only
 * {@link io.clusterspring.actuate.ClusterActuatorAutoConfiguration} is public, for
 * applications that exclude it.
 */
@NullMarked
package io.clusterspring.actuate;

import org.jspecify.annotations.NullMarked;
