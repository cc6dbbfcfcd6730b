package io.clusterspring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records the views and frames of a transport.
 */
public class RecordingListener implements TransportListener {

	private final List<ClusterView> views = new CopyOnWriteArrayList<>();

	private final List<String> frames = new CopyOnWriteArrayList<>();

	private final AtomicInteger evictions = new AtomicInteger();

	@Override
	public void viewChanged(ClusterView view) {
		this.views.add(view);
	}

	@Override
	public void evicted(ClusterView alone) {
		viewChanged(alone);
		this.evictions.incrementAndGet();
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		this.frames.add(sender.name() + ":" + StandardCharsets.UTF_8.decode(frame));
	}

	public int evictions() {
		return this.evictions.get();
	}

	public List<ClusterView> views() {
		return List.copyOf(this.views);
	}

	public List<Node> nodes() {
		return this.views.isEmpty() ? List.of() : this.views.get(this.views.size() - 1).nodes();
	}

	public List<String> frames() {
		return List.copyOf(this.frames);
	}

}
