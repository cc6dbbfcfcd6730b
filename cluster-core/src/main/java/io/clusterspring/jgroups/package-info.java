/**
 * The engine on JGroups. This package has what users import, and the small things that
 * all rooms share; each room sees this package and the rooms named here, and no others.
 *
 * <pre>
 * engine       the channel of a node and its protocols; the door: JGroupsTransport
 * discovery    finds other nodes, settles which one founds the cluster   sees guard, frame
 * frame        lets in what a node of the cluster sends                  sees flow, view
 * flow         bounds and repeats what is on its way
 * view         decides who is in a view when links are cut
 * guard        decides which processes may connect
 * </pre>
 *
 * <p>
 * Room {@code engine} sees all others. Nothing outside of these packages sees
 * {@code org.jgroups} but {@code autoconfigure}.
 */
@NullMarked
package io.clusterspring.jgroups;

import org.jspecify.annotations.NullMarked;
