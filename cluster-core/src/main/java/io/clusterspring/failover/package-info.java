/**
 * Distributed applications: each runs on one node of the cluster at a time, moves when
 * that node leaves, and moves back when a node with a higher priority returns. The rules
 * are those of Erlang's chapter "Distributed Applications" and of its {@code dist_ac}.
 * This package holds what applications import, and three rooms hold the rest:
 *
 * <pre class="code">
 * run        threads, calls of applications, frames: FailoverController
 *  |
 * decision   pure: which node owns an application: FailoverState
 *  |
 * failover   what applications import
 *  |
 * time       clocks, and the parts of a lease
 * </pre>
 *
 * A room may import the rooms below it. Every node reports to the others its claims and
 * its votes. A node starts an application when it has the votes it needs: the votes of
 * all nodes of its view or, with a quorum, of enough listed nodes for the time of a
 * lease.
 *
 * <p>
 * jgroups-raft could provide the quorum as well, but does not fit. It replicates a log
 * that a fixed list of members must keep on disk, so a node without a disk may not vote.
 * It elects one leader for everything, while each application has an owner of its own.
 * Its leader has no lease, so a leader that is cut off does not learn of it in time. It
 * has no mode without a quorum. Here the nodes agree only on the owner for the next
 * seconds, and a node that has lost this knowledge does not vote for that long.
 */
@NullMarked
package io.clusterspring.failover;

import org.jspecify.annotations.NullMarked;
