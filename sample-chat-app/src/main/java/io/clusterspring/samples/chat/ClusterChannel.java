package io.clusterspring.samples.chat;

import org.springframework.context.event.EventListener;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterEvent;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.Reply;

/**
 * Shows the cluster to browsers: the present nodes at the join, then each node that joins
 * or leaves. Each node informs its own browsers, because each node sees the change
 * itself.
 */
@ChannelController("cluster")
class ClusterChannel {

	private final Cluster cluster;

	private final Channels channels;

	ClusterChannel(Cluster cluster, Channels channels) {
		this.cluster = cluster;
		this.channels = channels;
	}

	@OnJoin
	Reply join() {
		return Reply.ok(ClusterState.of(this.cluster));
	}

	@EventListener
	void on(ClusterEvent event) {
		this.channels.broadcastLocal("cluster", "nodes", NodesChange.of(event));
	}

}
