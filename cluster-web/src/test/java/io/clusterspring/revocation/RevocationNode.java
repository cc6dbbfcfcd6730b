package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

import static org.awaitility.Awaitility.await;

/**
 * A node with sockets that others can revoke. It can stop to take frames for a while.
 */
final class RevocationNode implements TransportListener {

	final Node node;

	final Mailbox mailbox;

	final Revocations revocations;

	final Set<String> closed = ConcurrentHashMap.newKeySet();

	private final ClusterWire wire;

	private final RevocableSockets<String> sockets;

	private final ReentrantLock gate = new ReentrantLock();

	volatile int size;

	RevocationNode(ClusterTransport transport, Executor executor, int queue, int capacity, Duration retention) {
		this.node = transport.self();
		this.wire = new ClusterWire(transport, (task) -> executor.execute(() -> {
			this.gate.lock();
			this.gate.unlock();
			task.run();
		}), 1000);
		this.mailbox = this.wire.mailbox(queue);
		this.revocations = new Revocations(this.wire, this.mailbox, capacity, retention);
		this.sockets = this.revocations.sockets(this.closed::add);
		transport.connect(this);
	}

	/** Take no frames from now on. */
	void block() {
		await().until(() -> this.mailbox.size() == 0);
		this.gate.lock();
	}

	void unblock() {
		this.gate.unlock();
	}

	long dropped() {
		return this.wire.statistics(FrameKind.REVOCATION).droppedFrames()
				+ this.wire.statistics(FrameKind.DISCONNECT).droppedFrames();
	}

	void open(String name, @Nullable RevocationKey key) {
		open(name, key, SocketOrigin.now());
	}

	void open(String name, @Nullable RevocationKey key, SocketOrigin origin) {
		this.sockets.add(name, Collections.singletonList(key), origin);
	}

	void awaitClosed(String name) {
		await().until(() -> this.closed.contains(name));
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.wire.viewChanged(view);
		this.revocations.viewChanged(view);
		this.size = view.nodes().size();
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		this.wire.frameReceived(sender, frame);
	}

}
