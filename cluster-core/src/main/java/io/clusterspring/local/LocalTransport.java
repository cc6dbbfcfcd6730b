package io.clusterspring.local;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportDetails;
import io.clusterspring.TransportListener;

/**
 * The transport of a node in a {@link LocalNetwork}.
 */
final class LocalTransport implements ClusterTransport {

	private final LocalNetwork network;

	private final Node self;

	private final PayloadLimit limit;

	private volatile @Nullable TransportListener listener;

	LocalTransport(LocalNetwork network, Node self, PayloadLimit limit) {
		this.network = network;
		this.self = self;
		this.limit = limit;
	}

	@Override
	public Node self() {
		return this.self;
	}

	@Override
	public void connect(TransportListener listener) {
		this.listener = listener;
		LocalNetwork.await(this.network.add(this));
	}

	@Override
	public void send(byte[] frame) {
		this.limit.checkFrame(frame.length);
		this.network.send(this, frame);
	}

	@Override
	public int send(byte[] frame, Predicate<? super Node> receivers) {
		this.limit.checkFrame(frame.length);
		return this.network.send(this, receivers, frame);
	}

	@Override
	public void sendTo(Node node, byte[] frame) {
		this.limit.checkFrame(frame.length);
		this.network.sendTo(this, node, frame);
	}

	@Override
	public PayloadLimit payloadLimit() {
		return this.limit;
	}

	@Override
	public TransportDetails details() {
		return new TransportDetails("memory", null, Map.of(this.self, "memory"));
	}

	@Override
	public CompletableFuture<Duration> roundTrip(Node node) {
		return CompletableFuture.completedFuture(Duration.ZERO);
	}

	@Override
	public void disconnect() {
		this.network.remove(this);
	}

	@Nullable TransportListener drop() {
		TransportListener present = this.listener;
		this.listener = null;
		return present;
	}

	void install(ClusterView view) {
		TransportListener present = this.listener;
		if (present != null) {
			present.viewChanged(view);
		}
	}

	void receive(Node sender, byte[] frame) {
		TransportListener present = this.listener;
		if (present != null) {
			present.frameReceived(sender, ByteBuffer.wrap(frame));
		}
	}

}
