/**
 * Which nodes listen to which topics and STOMP destinations, so that a broadcast goes
 * only to these. A node announces a topic with its first subscriber, and withdraws it
 * some time after its last one has gone. The announcements are replicated as
 * {@link io.clusterspring.replication} describes; pages of states, numbers and requests
 * are the ones there. A node with a history announces the topics of that history by their
 * beginnings, because it has to hear of each message on them.
 *
 * <h2>The rule</h2>
 *
 * <p>
 * A publisher leaves out a node only if it can prove that the node does not listen. It
 * can while all of these hold; otherwise it sends to the node:
 * <ul>
 * <li>It has handled the present view. Each new view ends all that it knows, until the
 * mailbox of this package has handled that view ({@code Knowledge}).
 * <li>It knows the complete state of the node: no page is missing, and no announcement.
 * <li>It has a <em>lease</em>. While it publishes, it asks each node at intervals (ping),
 * and notes the moment of the question by its own clock. The node first sends its waiting
 * announcements, and then the number of the last one (pong). If the asking node has all
 * up to that number, it knows every interest that was there when it asked. That lasts for
 * {@code LEASE} from the question.
 * </ul>
 *
 * <h2>When leases are renewed</h2>
 *
 * <p>
 * A lease is of use to a publisher only. So a node asks for one when it has come to know
 * the state of another node, which happens with each view, and from then on only while it
 * publishes: it notes when a publisher has last asked for an audience ({@code LastUse}),
 * and after {@code IDLE} it asks no more. Nodes that publish nothing send nothing. The
 * first publisher after that begins the renewal at once. A node without a lease sends to
 * all, so that only what is published within one round trip goes to all nodes, and a
 * lease that has ended is as good as one that never was: the next one begins with a pong,
 * which comes after all changes of before.
 *
 * <p>
 * An announcement that was lost is noticed by the next one, by the next pong, or with the
 * next view. So what a node that publishes nothing shows of others
 * ({@link io.clusterspring.interest.Interests#topicsByNode}) may be old meanwhile.
 * Nothing else depends on it, and a beat for it would cost what leases cost: a message
 * from each node to each other one.
 *
 * <h2>When is a subscription in force?</h2>
 *
 * <p>
 * When no node leaves this one out any more. That is so for another node as soon as one
 * of these holds:
 * <ul>
 * <li>It has acknowledged the number of the announcement.
 * <li>It has no lease from this node: none was answered for {@code PATIENCE}, which is
 * longer than a lease. That is so for a node that publishes nothing. A node that has just
 * come, one of an earlier release, and one that does not route never had a lease.
 * <li>The announcement is older than {@code PATIENCE}: a lease that is younger covers it.
 * So a member that is silent delays nobody for longer, and it sends everything when it
 * wakes.
 * </ul>
 *
 * <p>
 * So a lost announcement, a lost acknowledgement, and a node that stands still cost time
 * or frames, and no message. A topic that was announced before this node has joined is in
 * force with the join, because each other node needs the whole state before it may leave
 * anything out: so it is with {@code @TopicListener}.
 *
 * <h2>Order</h2>
 *
 * <p>
 * A frame to all and a frame to some take the same way to each node: each is a unicast in
 * the one order that the engine keeps between two nodes. So nothing changes for the order
 * of a publisher's messages when the receivers change. Announcements need no order with
 * the messages, because both ends decide by numbers and leases.
 *
 * <h2>Bounds</h2>
 *
 * <p>
 * A node announces at most {@code cluster.pubsub.routing.max-topics} topics. Beyond it,
 * topics without a subscriber are withdrawn at once, and then the node announces the
 * empty topic, which stands for everything: it gets all frames, as without routing. A
 * node that is told more topics than that keeps none beyond, and sends everything there.
 *
 * <h2>Destinations</h2>
 *
 * <p>
 * STOMP destinations are announced as topics whose names begin with a control character
 * ({@code Names}), so what is said of topics holds for them, and a node that knows
 * nothing of them keeps them as topics that nobody publishes. No entry means nothing for
 * a node that does not announce destinations, so one that does announces a name that says
 * so, and a publisher leaves out only those. A pattern is announced as one
 * ({@code PathPatterns}), and matched by the publisher ({@code PeerPatterns}).
 *
 * <p>
 * A reader looks for what stands for more before it looks for the destination: a topic
 * that was covered by everything gets its own entry before everything ends, and no
 * subscription goes the other way.
 *
 * <h2>Who does what</h2>
 *
 * <p>
 * {@code OwnInterests}, {@code Acknowledgements}, {@code PeerTopics} and
 * {@code InterestState}, which combines them, have no thread and no clock of their own;
 * {@code InterestHistoryTests} runs them under a seeded scheduler.
 * {@link io.clusterspring.interest.Interests} owns the frames, the mailbox and the time.
 */
@NullMarked
package io.clusterspring.interest;

import org.jspecify.annotations.NullMarked;
