package io.clusterspring.failover.decision;

import java.util.List;

import io.clusterspring.Node;
import io.clusterspring.failover.StartReason;

/**
 * An action that follows from a decision.
 */
public sealed interface Effect {

	/** Send a frame to other nodes. */
	record Send(List<Node> receivers, FailoverFrame frame) implements Effect {
	}

	/** Start an application on this node. */
	record Start(String application, StartReason reason) implements Effect {
	}

	/** Stop an application on this node; the cause is for the log. */
	record Stop(String application, long token, String cause) implements Effect {
	}

	/** Log a warning. */
	record Warn(String message) implements Effect {
	}

}
