/**
 * Replication of what each node owns, for presence, the users of STOMP, and the topics
 * that nodes listen to. Each node numbers the changes of what it owns
 * ({@link io.clusterspring.replication.OwnChanges}), and has a replica of what each other
 * node of the view owns ({@link io.clusterspring.replication.Replicas}). No class here
 * has a thread, a clock or a frame: a feature has its own frames, and calls these classes
 * from one thread at a time.
 *
 * <h2>Protocol</h2>
 *
 * <p>
 * Only the owner writes, so there are no conflicts, and the whole state is the union of
 * what the nodes of the view own. The incarnation of a node is random and new for every
 * start, so <em>incarnation and number</em> identify a change forever. There are four
 * messages:
 *
 * <pre>
 * changes   incarnation, the number before them, the changes     to all nodes, soon
 * beat      incarnation, the number of the last change           to all nodes, at intervals
 * request   token, after: "what you own after this id"           to the owner
 * part      the token, incarnation, number, entries up to an id  to the node that asked
 * </pre>
 *
 * <p>
 * The answer of a node to a message of another node of the view depends on its knowledge
 * of that node ({@code Peer}). An answer contains the token of the pending request, the
 * number of the last change that was missed, and for the rest of a state the same
 * incarnation.
 *
 * <pre>
 *                    nothing known      rest is requested   state is requested   all known
 *                    (state requested)                      (number is behind)
 * changes, next                         apply               apply                apply
 * changes, old                          skip                skip                 skip
 * changes, gap       note               request the state   note                 request the state
 * beat, behind       request again      request the state   request again        request the state
 * answer             replace, apply later changes; request the rest, if there is one
 * another part       ignore             ignore              ignore               ignore
 * second tick        request anew       request anew        request anew
 * left the view      forget             forget              forget               forget
 * </pre>
 *
 * <p>
 * A part replaces the entries in its range of ids, so entries that do not change cause no
 * events. A replica is created only from an answer, so that late messages of an earlier
 * incarnation cannot create one. A request of a node that is not in the view yet is
 * answered with the view. The owner keeps nothing about requests. Messages of a node
 * arrive in the order in which they were sent, but they may be lost.
 *
 * <h2>The reports of distributed applications</h2>
 *
 * <p>
 * They do not use this protocol, because they have nothing to replicate in pieces. A
 * report is a node's whole state, a few hundred bytes, sent again every two seconds. So
 * there is no gap: a lost report is not requested, the next one replaces it, and a number
 * only tells which of two reports is newer. A node asks there for another reason: a claim
 * is safe only after all other nodes have answered <em>this</em> question, counted from
 * the start of the claim. That needs nodes that do not answer, are silent for a time or
 * cannot be read ({@code failover.decision.Peers}), and none of these delays a replica
 * here. The comparison of two incarnations and numbers is all that both have in common.
 */
@NullMarked
package io.clusterspring.replication;

import org.jspecify.annotations.NullMarked;
