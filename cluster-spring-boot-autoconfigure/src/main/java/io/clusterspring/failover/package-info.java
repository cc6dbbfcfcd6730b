/**
 * Distributed applications: what runs on one node of the cluster at a time, moves when
 * that node goes, and moves back when a better one returns. The rules are those of
 * Erlang's chapter "Distributed Applications" and of its {@code dist_ac}.
 *
 * <p>
 * Every node tells the others what it runs, what it would like to run, and for whom it
 * votes; what follows from that is decided by pure classes on each node
 * ({@code FailoverState} and below), and one thread feeds them
 * ({@link io.clusterspring.failover.FailoverController}). A node starts an application
 * once it has the votes it needs: of all nodes it sees, or, with a quorum, of so many of
 * the listed ones, for the time of a lease.
 *
 * <p>
 * jgroups-raft would give the quorum too. It was not taken, for it replicates a log that
 * has to be kept on disk by a fixed list of members, where a node without a disk of its
 * own may not vote; it elects one leader for everything, while applications are placed
 * one by one; its leader has no lease, so a leader that is cut off does not know it in
 * time; and there are no members of its kind without a quorum. What is agreed on here is
 * who runs what for the next seconds, and a node that has forgotten that keeps silent for
 * as long.
 */
@NullMarked
package io.clusterspring.failover;

import org.jspecify.annotations.NullMarked;
