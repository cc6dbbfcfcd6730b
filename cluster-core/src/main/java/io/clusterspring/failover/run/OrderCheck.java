package io.clusterspring.failover.run;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.Assert;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;

/**
 * Checks orders of an operator: an order that is not possible is refused with an
 * exception.
 */
record OrderCheck(ApplicationStatus status) {

	ApplicationStatus.Host host(Node node) {
		return this.status.nodes()
			.stream()
			.filter((host) -> host.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Node " + node + " is not in the cluster, or does not know '" + this.status.name() + "'"));
	}

	void checkMove(Node node) {
		ApplicationStatus.Host host = host(node);
		String name = "'" + this.status.name() + "'";
		Assert.isTrue(host.permitted(), () -> name + " is forbidden on node " + node);
		List<List<Node>> listed = this.status.placement().nodes();
		Assert.isTrue(listed.isEmpty() || listed.stream().anyMatch((group) -> group.contains(node)),
				() -> "The placement of " + name + " does not list node " + node);
		checkHanging("moved");
		Assert.isTrue(!this.status.isHanging(node), () -> "A call of " + name + " on node " + node
				+ " does not return: until it returns, the application cannot start there");
		Assert.isTrue(!host.readiness().equals("off"),
				() -> "Node " + node + " cannot run " + name + ": " + ((host.placement() != null)
						? "its placement differs: " + host.placement()
						: "the application is not defined there, the node is stopping, or its placement differs"));
	}

	void checkPermit(Node node, boolean permitted) {
		host(node);
		if (!permitted && hanging().anyMatch(node::equals)) {
			checkHanging("stopped");
		}
	}

	private void checkHanging(String what) {
		hanging().findFirst().ifPresent((hanging) -> {
			throw new IllegalStateException("'" + this.status.name() + "' cannot be " + what + ": its start on "
					+ hanging + " was interrupted and does not return. Wait until it returns, or end that "
					+ "process: the application then starts on another node");
		});
	}

	private Stream<Node> hanging() {
		return this.status.running().stream().map(ApplicationStatus.Running::node).filter(this.status::isHanging);
	}

}
