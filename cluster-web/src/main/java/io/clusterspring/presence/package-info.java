/**
 * Presence: tracks who is present on each topic, on all nodes.
 *
 * <h2>Replication</h2>
 *
 * <p>
 * Each node owns the metas that are tracked on it, and only that node writes them, so
 * there are no conflicts. The whole state is the union of the metas of all nodes of the
 * view. A node numbers its writes; the number of the last one is its clock. The id of a
 * meta is the number of its write, so <em>incarnation and number</em> identify a write
 * forever. The incarnation is random and new for every start of the process.
 * <ul>
 * <li>Writes are sent as deltas, {@code (incarnation, clock before, writes)}. A receiver
 * applies a delta if it has reached that clock. It skips the writes that it already has.
 * If it has not reached that clock, a message was lost, and it requests the state. A
 * heartbeat contains the clock, so that the loss of the last delta is noticed.</li>
 * <li>A state is requested page by page, in the order of ids: <em>your metas after this
 * id</em>. A page is created when it is requested, and replaces the receiver's metas in
 * the page's range of ids. Deltas are applied meanwhile. Metas that do not change cause
 * no joins or leaves. The owner stores nothing about requests.</li>
 * <li>When a node joins the view, the others request its state. When a node leaves the
 * view, its replica is removed at once. After a partition, both sides request the states
 * of the other.</li>
 * <li>A request contains a token that its answer repeats, and a replica is created only
 * from an answer. So late messages of an earlier incarnation cannot create one. Pages and
 * deltas of different incarnations are never mixed.</li>
 * <li>The transport delivers the messages of each sender in order. A lost request or page
 * is requested again at the next heartbeats.</li>
 * </ul>
 *
 * <h2>Messages to clients</h2>
 *
 * <p>
 * Each node creates its own diffs from the changes of its own table, and broadcasts them
 * locally. Changes of a topic are collected for a limited time, and all of them are sent:
 * a short-lived meta joins and leaves in one diff. So the diffs contain all changes of
 * each {@code phx_ref}, in the order of the table. Only if too many changes wait, metas
 * that have joined and left within one diff are left out, and only if no state was read
 * in between ({@code TopicDiffs}).
 * <p>
 * All clients that join a topic in the same interval get the same state. It is read and
 * encoded once, after the diff with the changes until then, and is sent after that diff.
 * A state is read after the client has subscribed to the topic, so no change is missed. A
 * Phoenix client queues diffs that come before its state; diffs with changes that the
 * state already contains do no harm.
 *
 * <h2>Threads</h2>
 *
 * <p>
 * The engine's threads only post to mailboxes. Messages from and to other nodes pass one
 * mailbox. Each topic with changes has a mailbox for its diffs. These mailboxes run on an
 * executor without code of the application. Events have a mailbox on the application's
 * executor; the mailboxes of topics run there, too, if there is a
 * {@code PresenceFetcher}.
 */
@NullMarked
package io.clusterspring.presence;

import org.jspecify.annotations.NullMarked;
