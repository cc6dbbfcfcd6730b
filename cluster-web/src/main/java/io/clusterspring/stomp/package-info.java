/**
 * Makes Spring's simple broker cluster-wide: messages are sent to all nodes, and the user
 * registry has the users of all nodes.
 *
 * <pre>
 * BrokerBridge    messages: which ones cross (BridgeRules, PayloadGate), and as what
 *  |              (BridgedMessage)
 *  |- StompRouting    which nodes need them: the subscriptions of this node
 *  |                  (WatchedSubscriptionRegistry), as the others are told
 *  |- KeptBroker      the broker with destinations that have a history: their messages
 *  |                  come from logs (DestinationHistory), by way of the broker's
 *  |                  subscriptions (HistoryRegistry); those who come back (CatchUps)
 *  `- ClusterUsers    users: those of this node (LocalSessions), and those of others
 *                     (PeerSessions, RemoteUsers), replicated by frames (SessionFrame)
 * StompSessions   closes the sessions of a node that stops: each one (DrainableSession)
 *                 when all has left Spring's channel (OutboundFlow, SessionFlow) that
 *                 was before the marker that the broker sends it (DrainMarks)
 * </pre>
 */
@NullMarked
package io.clusterspring.stomp;

import org.jspecify.annotations.NullMarked;
