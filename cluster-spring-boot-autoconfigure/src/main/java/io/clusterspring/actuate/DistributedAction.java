package io.clusterspring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.clusterspring.Node;
import io.clusterspring.failover.DistributedApplications;

/**
 * Moves a distributed application, or permits or forbids it on a node.
 */
record DistributedAction(DistributedApplications applications, Change change) implements DirectAction {

	static List<DirectAction> all(DistributedApplications applications) {
		return Stream.of(Change.values())
			.<DirectAction>map((change) -> new DistributedAction(applications, change))
			.toList();
	}

	@Override
	public String name() {
		return "distributed/" + this.change.word();
	}

	@Override
	public Set<String> parameters() {
		return Set.of("application", "node");
	}

	@Override
	public Map<String, Object> act(Map<String, String> parameters) {
		String application = String.valueOf(parameters.get("application"));
		Node node = Node.of(String.valueOf(parameters.get("node")));
		if (this.change == Change.MOVE) {
			this.applications.move(application, node);
		}
		else {
			this.applications.permit(application, node, this.change == Change.PERMIT);
		}
		Map<String, Object> done = new LinkedHashMap<>();
		done.put("application", application);
		done.put(this.change.word(), node.toString());
		return done;
	}

	/** The changes that an operator can make to a distributed application. */
	enum Change {

		/** Run it on a node, as long as that node is in the cluster. */
		MOVE,

		/** Permit a node to run it. */
		PERMIT,

		/** Forbid a node to run it. */
		FORBID;

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
