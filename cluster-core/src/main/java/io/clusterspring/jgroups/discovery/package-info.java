/**
 * Finds other nodes, and settles which one founds the cluster when several start
 * together. Its doors are {@link io.clusterspring.jgroups.discovery.NodeDiscovery}, a
 * protocol, and {@link io.clusterspring.jgroups.discovery.NodeLookups}, which say where
 * nodes may be. It sees the rooms {@code guard} and {@code frame}.
 *
 * <pre>
 * a node is   and it   answers   becomes
 * idle        starts             looking, and asks all places every 50 ms
 * looking              yes       idle when a coordinator answers, or when the round is over
 *                                and another node sorts first
 * looking              yes       founding when the round is over and it sorts first
 * founding             no        idle when it has its first view
 * </pre>
 *
 * <p>
 * A round is over when all places have answered or refused, or after a second, or after
 * five if an answer is near: the lookup, a connection or an answer is still awaited.
 */
@NullMarked
package io.clusterspring.jgroups.discovery;

import org.jspecify.annotations.NullMarked;
