/**
 * Bounds what is on its way to a node, takes large frames apart, and repeats what is
 * lost. Its door is {@link io.clusterspring.jgroups.flow.FrameSender}. It sees no other
 * room.
 *
 * <pre>
 * an outbox is   a small frame       a piece of a large frame
 * open           goes                goes, if it is its turn and half of the room is free
 * full           waits for credit    waits for credit
 * stuck          is lost             its frame is lost
 * over           is dropped          its frame ends: the node has left
 * </pre>
 *
 * <p>
 * An outbox is stuck when its node has granted nothing for as long as a frame may wait;
 * the next grant opens it.
 */
@NullMarked
package io.clusterspring.jgroups.flow;

import org.jspecify.annotations.NullMarked;
