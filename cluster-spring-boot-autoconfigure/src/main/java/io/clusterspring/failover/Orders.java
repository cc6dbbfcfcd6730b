package io.clusterspring.failover;

import org.springframework.util.Assert;

import io.clusterspring.Node;

/**
 * Which orders can be obeyed: one that cannot is refused, so that whoever gave it knows.
 *
 * @param status what is known of the application
 */
record Orders(ApplicationStatus status) {

	ApplicationStatus.Host host(Node node) {
		return this.status.nodes()
			.stream()
			.filter((host) -> host.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Node " + node + " is not there, or does not know '" + this.status.name() + "'"));
	}

	void checkMove(Node node) {
		ApplicationStatus.Host host = host(node);
		String name = "'" + this.status.name() + "'";
		Assert.isTrue(host.permitted(), () -> name + " is forbidden on node " + node);
		Assert.isTrue(this.status.placement().names(node),
				() -> "The placement of " + name + " does not list node " + node);
		checkHanging("moved");
		Assert.isTrue(!host.isHanging(),
				() -> "A call of " + name + " on node " + node + " does not come back: it cannot start there before");
		Assert.isTrue(!host.isOff(), () -> "Node " + node + " cannot run " + name + ": " + ((host.placement() != null)
				? "its placement differs, and is " + host.placement()
				: "there is none on it, it is about to stop, or does not run it because its placement differs"));
	}

	void checkPermit(Node node, boolean permitted) {
		host(node);
		if (!permitted && this.status.running().stream().anyMatch((at) -> at.node().equals(node) && at.isHanging())) {
			checkHanging("stopped");
		}
	}

	private void checkHanging(String what) {
		this.status.running().stream().filter(ApplicationStatus.Running::isHanging).findFirst().ifPresent((hanging) -> {
			throw new IllegalStateException("'" + this.status.name() + "' cannot be " + what + ": its start on "
					+ hanging.node() + " was interrupted and does not come back. Wait until it does, or end that "
					+ "process: the application then starts on another node");
		});
	}

}
