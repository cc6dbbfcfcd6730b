package io.clusterspring.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.text.LogText;

/**
 * Warns of placements of distributed applications that this node does not have. Other
 * nodes may have them, and this one may be there to vote: a placement is told of only if
 * a name here is so like it that it is probably meant, or if this node could run the
 * application and gives no vote.
 */
final class UnusedPlacements {

	private static final Log logger = LogFactory.getLog(UnusedPlacements.class);

	private UnusedPlacements() {
	}

	/**
	 * Warn of placements without an application.
	 * @param placements the placements by the names of applications
	 * @param applications the names of the applications of this node
	 * @param self this node
	 */
	static void warn(Map<String, Placement> placements, Set<String> applications, Node self) {
		Set<String> unplaced = new TreeSet<>(applications);
		unplaced.removeAll(placements.keySet());
		placements.forEach((name, placement) -> {
			if (applications.contains(name)) {
				return;
			}
			String nearest = EditDistance.nearest(name, unplaced);
			if (nearest != null) {
				logger.warn(sentence(name) + "Did you mean '" + LogText.of(nearest) + "'?");
			}
			else if (mayRun(placement, self)) {
				logger.warn(sentence(name)
						+ (applications.isEmpty() ? "It has none at all. "
								: LogText.line("It has " + new TreeSet<>(applications) + ". "))
						+ "That is right if other nodes have it");
			}
		});
	}

	private static boolean mayRun(Placement placement, Node self) {
		return placement.quorum().equals(Quorum.NONE) && (placement.nodes().isEmpty()
				|| placement.nodes().stream().anyMatch((group) -> group.contains(self)));
	}

	private static String sentence(String name) {
		return "No distributed application of this node has the name '" + LogText.of(name)
				+ "', for which cluster.distributed has properties. ";
	}

}
