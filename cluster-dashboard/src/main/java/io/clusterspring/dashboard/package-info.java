/**
 * The page for operators: an actuator endpoint that answers with the files of the page,
 * and with samples of this node's figures. The page asks the endpoint {@code cluster} for
 * everything else. It may use all packages, and none uses it. Only
 * {@link io.clusterspring.dashboard.ClusterDashboardAutoConfiguration} is public, for
 * applications that exclude it.
 */
@NullMarked
package io.clusterspring.dashboard;

import org.jspecify.annotations.NullMarked;
