/**
 * Presence: tracks who is present on each topic, on all nodes.
 *
 * <pre>
 * ClusterPresence     the door: what an owner tracks (PresenceOwners)
 *  |- PresenceExchange    frames (PresenceCodec) of and for other nodes
 *  |   `- PresenceState       the metas of all nodes, in PresenceTable; pure
 *  |- PresencePublisher   the topics with changes (TopicDiffs), each throttled
 *  |   `- PresenceDelivery    diffs and states for clients, events
 *  `- PresenceLists       entries, with the data of the PresenceFetcher
 * </pre>
 *
 * <h2>Replication</h2>
 *
 * <p>
 * Each node owns the metas that are tracked on it. They are replicated as
 * {@link io.clusterspring.replication} describes. A change is a write: it adds, updates
 * or removes a meta. The number of the last write is the clock of the node, and the id of
 * a meta is the number of its write. A state is requested page by page, in the order of
 * ids, with random tokens.
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
