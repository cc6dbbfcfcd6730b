package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.List;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;

/**
 * Passes views and frames on to several listeners, one after the other, as a node does.
 */
public final class Listeners implements TransportListener {

	private final List<TransportListener> listeners;

	public Listeners(TransportListener... listeners) {
		this.listeners = List.of(listeners);
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.listeners.forEach((listener) -> listener.viewChanged(view));
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		this.listeners.forEach((listener) -> listener.frameReceived(sender, frame));
	}

}
