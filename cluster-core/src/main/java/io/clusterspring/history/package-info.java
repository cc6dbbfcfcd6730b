/**
 * The last messages of topics that have a history, on each node, and how nodes and
 * clients catch up with what they have missed. {@code docs/history.md} says what users
 * see of it.
 *
 * <h2>Positions</h2> The order of messages is per publisher, so there is no single number
 * for a place in a topic. Each process has an {@link Origin}, a random number that is new
 * at each start: the epoch. It numbers its messages on a topic 1, 2, 3 and so on. A
 * {@link MessagePosition} names one message forever; a {@link HistoryPosition} has the
 * number of the last message for each origin.
 *
 * <h2>Logs</h2> Messages go to all nodes, and each node keeps them in the
 * {@link TopicLog} of their topic: for each origin one {@link OriginWindow}, which is a
 * range of numbers without a gap. A message that comes before its predecessors waits
 * beside the window. A subscription does not get messages: it is a {@link LogCursor}, and
 * reads. So a slow listener, a lost frame and a partition that has healed are one case. A
 * cursor whose next message has been removed reads a {@link LogGap} in its place.
 * {@link HistoryStore} has the logs of a node, and bounds them: each topic by a number
 * and an age, and all topics of a {@linkplain HistorySettings history} by bytes.
 *
 * <p>
 * Destinations of Spring's STOMP broker are a {@linkplain HistorySpace space} of their
 * own, with its own origins, logs and frames. The broker has the subscriptions there, so
 * each log has a single cursor, from its first message on; {@link Followers} keeps it
 * when an empty log is removed.
 *
 * <h2>How nodes become equal</h2> {@link HistorySync} decides, without a thread or a
 * clock of its own. {@link HistoryFrame} has the bytes.
 *
 * <table>
 * <caption>Frames</caption>
 * <tr>
 * <th>frame</th>
 * <th>is sent</th>
 * <th>and then</th>
 * </tr>
 * <tr>
 * <td>message</td>
 * <td>by a publisher, to all nodes</td>
 * <td>the next number is kept and read; a later one shows a gap, which is fetched</td>
 * </tr>
 * <tr>
 * <td>aimed</td>
 * <td>for the subscribers of one node</td>
 * <td>is delivered and not kept</td>
 * </tr>
 * <tr>
 * <td>heads</td>
 * <td>at intervals, after something was published, and of a node that has gone after its
 * end</td>
 * <td>shows that the last message of an origin was lost, after which none came</td>
 * </tr>
 * <tr>
 * <td>compare</td>
 * <td>to each node that comes into the view, and again each second until it has
 * answered</td>
 * <td>is answered by state</td>
 * </tr>
 * <tr>
 * <td>state</td>
 * <td>in parts, with all windows of the node and what it has forgotten</td>
 * <td>what is missing is fetched; after the last part the node counts as known</td>
 * </tr>
 * <tr>
 * <td>fetch</td>
 * <td>for a range of one origin, to one node at a time: the one that says it has it, the
 * others after it</td>
 * <td>is answered by range</td>
 * </tr>
 * <tr>
 * <td>range</td>
 * <td>with the messages that the node has of it</td>
 * <td>they are kept; the rest is fetched from the next node. Messages that no node has
 * are given up ({@link Repairs}), and each cursor reads a gap</td>
 * </tr>
 * </table>
 *
 * A node that has just started does not know what was published before it came. Its
 * subscriptions begin with what comes after, and {@link Backfill} fetches older messages,
 * so that it can answer clients as well as an older node.
 *
 * <h2>Why "recovered" never lies</h2> Somebody who comes back has a position, and says
 * for how long it was out of contact. The answer is {@link CatchUp.Recovered} only if
 * nothing after the position can be gone. It is {@link CatchUp.Lost} in each of these
 * cases:
 *
 * <table>
 * <caption>Rules</caption>
 * <tr>
 * <th>rule</th>
 * <th>because</th>
 * <th>loss</th>
 * </tr>
 * <tr>
 * <td>a window begins after the next number of its origin</td>
 * <td>the message was removed, or given up</td>
 * <td>{@link CatchUp.Loss#EVICTED}</td>
 * </tr>
 * <tr>
 * <td>the position does not have an origin whose window is not whole</td>
 * <td>the client has seen nothing of it, so its first messages count as missed</td>
 * <td>{@link CatchUp.Loss#EVICTED}</td>
 * </tr>
 * <tr>
 * <td>the position has an origin that this node has never known</td>
 * <td>it is from before a restart of the cluster, or from another one: anything may have
 * been published after it</td>
 * <td>{@link CatchUp.Loss#UNKNOWN_ORIGIN}</td>
 * </tr>
 * <tr>
 * <td>the position is beyond the window of an origin, after all nodes were asked</td>
 * <td>the node that published it has died before another living node had it, and may have
 * published more</td>
 * <td>{@link CatchUp.Loss#UNREACHABLE}</td>
 * </tr>
 * <tr>
 * <td>a node of the view has not told yet what it has</td>
 * <td>it may have messages of an origin that this node does not know</td>
 * <td>{@link CatchUp.Loss#UNREACHABLE}</td>
 * </tr>
 * <tr>
 * <td>the contact was before the last message of a window that was forgotten, on this
 * node or another, or before another node got a message without a number</td>
 * <td>the client may have missed messages of which no trace is left</td>
 * <td>{@link CatchUp.Loss#TOO_OLD}</td>
 * </tr>
 * <tr>
 * <td>the contact was before a message without a number came</td>
 * <td>it was not kept; its publisher does not have the history</td>
 * <td>{@link CatchUp.Loss#UNNUMBERED}</td>
 * </tr>
 * <tr>
 * <td>the position cannot be read</td>
 * <td>nothing is known of what was seen</td>
 * <td>{@link CatchUp.Loss#INVALID}</td>
 * </tr>
 * </table>
 *
 * Messages after the cursor are not part of an answer: they are live, so that nothing
 * comes twice. A contact is taken to be half a minute earlier than it is said to be. A
 * message that only a dead node had, and that no later one follows, is unknown to all
 * nodes: this is the limit of the promise.
 *
 * <h2>Threads</h2> Messages are taken, and put into logs, on the threads of the engine;
 * the lock of a log is held for short moments, and never while something is sent. All
 * else happens in one mailbox: frames between nodes, views, those that wait for an
 * answer, and the tick of a thread that exists only if a topic has a history. Publishers
 * of one topic on one node send one after the other, so that numbers leave in order.
 * {@link ClusterHistory} is the one class with threads and I/O.
 */
@NullMarked
package io.clusterspring.history;

import org.jspecify.annotations.NullMarked;
