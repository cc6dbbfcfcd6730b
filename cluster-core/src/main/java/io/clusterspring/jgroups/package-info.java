/**
 * The engine on JGroups: TCP between the listed nodes, never multicast, and nothing that
 * is Java-deserialized.
 */
@NullMarked
package io.clusterspring.jgroups;

import org.jspecify.annotations.NullMarked;
