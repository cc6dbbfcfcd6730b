/**
 * The channel of a node and its protocols, and what goes through them. Its door is
 * {@link io.clusterspring.jgroups.engine.JGroupsTransport}. It sees all other rooms.
 *
 * <pre>
 * down: FrameSender ... NodeBundler, one lane for each destination ... NodeTcp
 * up:   NodeTcp, FrameDoor ... AdmissionGate, until this node may have its name
 *       ... EarlyFrames, until the sender is in the view ... TransportListener
 *
 * a connection with a member          a view without the member, or a silent member
 * open                                goodbye after 300 ms, abrupt close 300 ms later
 * open, and the member is silent      abrupt close; what is sent next opens another one
 * closed by the other end             suspected at once, unless there is another connection
 * </pre>
 */
@NullMarked
package io.clusterspring.jgroups.engine;

import org.jspecify.annotations.NullMarked;
