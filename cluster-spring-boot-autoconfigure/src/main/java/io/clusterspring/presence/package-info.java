/**
 * Presence: who is on a topic, on all nodes.
 *
 * <h2>How it is replicated</h2>
 *
 * <p>
 * Each node owns what is tracked on it and is the only one to write it, so there is
 * nothing to resolve: the whole is the sum of what the nodes of the view own. A node
 * numbers its writes; the number of the last one is its clock. What is tracked has the
 * number of its write as its id, so that <em>incarnation and number</em> identify a write
 * for good. The incarnation is random and new with every start of the process.
 * <ul>
 * <li>Writes go out as deltas, {@code (incarnation, clock before, writes)}, which a
 * receiver applies if it has come to that clock. If it has gone further it skips what it
 * has; if it has not come so far, something was lost and it asks for the state. A
 * heartbeat tells the clock, so that a lost last delta is noticed.</li>
 * <li>A state is asked for page by page, in the order of ids: <em>what do you own beyond
 * this id</em>. A page is made when it is asked for and replaces what the receiver has in
 * the page's range of ids. Deltas go on meanwhile. What is the same before and after
 * joins and leaves nobody, and the owner remembers nothing of who is asking.</li>
 * <li>A node that comes into the view is asked for its state; one that goes out of it
 * takes its replica along at once. After a partition, both sides ask.</li>
 * <li>A request carries a token that its answer repeats, and a replica begins with an
 * answer: what an earlier incarnation has left on the way cannot begin one. A page and a
 * delta of another incarnation never mix.</li>
 * <li>Each sender's messages come in their order, as the transport has it. A request or a
 * page that got lost is asked for again by the clock.</li>
 * </ul>
 *
 * <h2>What clients see</h2>
 *
 * <p>
 * Each node makes its own diffs, from the changes of its own table, and broadcasts them
 * locally. Changes of a topic are gathered for a bounded time, and no change is ever
 * taken back: who was there for a moment joins and leaves in one diff. So the last word
 * about each {@code phx_ref} is in the diffs in the order of the table. Only if there are
 * too many to wait, those are left out who have come and gone in one diff, and only if no
 * state was read in between ({@code TopicDiffs}).
 * <p>
 * Who joins is shown a state together with all who join the topic in the same interval:
 * it is read and written once, after the diff with what has changed till then, and does
 * not overtake that on its way. A state is read after the joiner has begun to hear the
 * topic, so nothing is missed; diffs that the client gets before its state wait in it,
 * and those that tell what it knows already are harmless.
 *
 * <h2>Threads</h2>
 *
 * <p>
 * The engine's threads only post. What comes from other nodes and goes to them passes one
 * mailbox, and each topic that changes has one for its diffs, on an executor that runs no
 * code of the application. Events have a mailbox on the application's executor; so have
 * the topics if there is a {@code PresenceFetcher}.
 */
@NullMarked
package io.clusterspring.presence;

import org.jspecify.annotations.NullMarked;
