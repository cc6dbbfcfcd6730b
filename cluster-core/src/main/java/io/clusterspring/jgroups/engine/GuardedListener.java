package io.clusterspring.jgroups.engine;

import java.nio.ByteBuffer;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.jgroups.EngineFailures;

/**
 * Keeps what a listener throws away from the engine, which would lose the rest of the
 * batch, or the view.
 */
record GuardedListener(TransportListener listener, EngineFailures failures) implements TransportListener {

	@Override
	public void viewChanged(ClusterView view) {
		guard("view", () -> this.listener.viewChanged(view));
	}

	@Override
	public void evicted(ClusterView alone) {
		guard("eviction", () -> this.listener.evicted(alone));
	}

	private void guard(String work, Runnable call) {
		try {
			call.run();
		}
		catch (Exception | Error ex) {
			this.failures.add(work, ex);
		}
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		try {
			this.listener.frameReceived(sender, frame);
		}
		catch (Exception | Error ex) {
			this.failures.add("frame", ex);
		}
	}

}
