package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportDetails;
import io.clusterspring.TransportListener;

/**
 * A transport that sends frames in its own way, and is another one in all else.
 */
abstract class ForwardingTransport implements ClusterTransport {

	final ClusterTransport transport;

	ForwardingTransport(ClusterTransport transport) {
		this.transport = transport;
	}

	@Override
	public Node self() {
		return this.transport.self();
	}

	@Override
	public PayloadLimit payloadLimit() {
		return this.transport.payloadLimit();
	}

	@Override
	public void connect(TransportListener listener) {
		this.transport.connect(listener);
	}

	@Override
	public TransportDetails details() {
		return this.transport.details();
	}

	@Override
	public CompletableFuture<Duration> roundTrip(Node node) {
		return this.transport.roundTrip(node);
	}

	@Override
	public void disconnect() {
		this.transport.disconnect();
	}

}
