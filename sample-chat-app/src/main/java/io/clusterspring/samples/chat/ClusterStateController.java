package io.clusterspring.samples.chat;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.clusterspring.Cluster;

/**
 * Returns to scripts the state that the page gets from the channel {@code cluster}.
 */
@RestController
class ClusterStateController {

	private final Cluster cluster;

	ClusterStateController(Cluster cluster) {
		this.cluster = cluster;
	}

	@GetMapping("/cluster.json")
	ClusterState cluster() {
		return ClusterState.of(this.cluster);
	}

}
