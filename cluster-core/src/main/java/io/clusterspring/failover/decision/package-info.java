/**
 * Decides which node owns an application, and what this node does about it. All classes
 * are pure: they read no clock and own no thread;
 * {@link io.clusterspring.failover.decision.FailoverState} takes events and returns
 * effects. Imports the rooms {@code failover} and {@code time}.
 *
 * <p>
 * The protocol. Each node sends its report (its claim, its vote) when it has changed, and
 * in each round of a lease:
 *
 * <pre class="code">
 * claimer                                       voter
 *   claim, token t, round 1  ---- report ----&gt;   votes for t: promises to keep the vote
 *   counts the votes         &lt;--- report -----   for the lease from now on
 *   starts; its lease counts from its round 1
 *   round 2                  ---- report ----&gt;   keeps the vote for longer
 *   lease from round 2       &lt;--- report -----
 *   handover: it stops, has no claim any more
 *                            ---- report ----&gt;   is free to vote for another claim
 * </pre>
 *
 * A vote ({@code Ballot}):
 *
 * <pre class="code">
 * state     | event                                           | next
 * Closed    | a vote's lifetime has passed since the start,   |
 *           | or all listed nodes have reported no such vote  | Free
 * Free      | a claim with a greater token, or a new round    | Promised
 * Promised  | the claim has a new round                       | Promised, from now on
 * Promised  | the claim was given up; with a quorum: the      |
 *           | vote's lifetime has passed; without: its node   |
 *           | has gone                                        | Free
 * any       | another process may have voted in its name      | Closed (no quorum: Free)
 * </pre>
 *
 * A claim ({@code ApplicationState}, {@code LocalClaim}):
 *
 * <pre class="code">
 * phase     | event                                           | next
 * (none)    | all have answered, nobody has a claim, this is  |
 *           | the node that should start it                   | CANDIDATE
 * CANDIDATE | enough votes                                    | STARTING: start is called
 * CANDIDATE | another claim precedes, or no votes for a lease | (none)
 * STARTING  | STARTED                                         | RUNNING
 * STARTING  | START_HANGS                                     | HANGING
 * STARTING, | the term ends, another node is better, or it    | STOPPING: stop is called
 * RUNNING   | must not run here                               |
 * any       | STOPPED, STOP_HANGS, FAILED                     | (none)
 * </pre>
 *
 * <p>
 * The models in {@code docs/model} check votes and leases in every order of events.
 * Change them together.
 */
@NullMarked
package io.clusterspring.failover.decision;

import org.jspecify.annotations.NullMarked;
