package io.clusterspring.channel;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.clusterspring.drain.Drainable;

/**
 * The sockets of a node, as connections to drain. A closing socket is counted until its
 * transport has written all remaining frames.
 */
final class SocketDrainable implements Drainable {

	private final SocketRegistry registry;

	private final ChannelHub hub;

	private final HandshakeGate gate;

	private final Set<ChannelSocket> closing = ConcurrentHashMap.newKeySet();

	SocketDrainable(SocketRegistry registry, ChannelHub hub, HandshakeGate gate) {
		this.registry = registry;
		this.hub = hub;
		this.gate = gate;
	}

	@Override
	public void setAccepting(boolean accepting) {
		this.gate.setAccepting(accepting);
	}

	@Override
	public int size() {
		this.closing.removeIf(ChannelSocket::isGone);
		Set<ChannelSocket> all = this.registry.sockets();
		return all.size() + (int) this.closing.stream().filter((socket) -> !all.contains(socket)).count();
	}

	@Override
	public BooleanSupplier caughtUp() {
		return this.hub.caughtUp();
	}

	@Override
	public Iterator<Connection> connections() {
		Iterator<ChannelSocket> open = this.registry.sockets().iterator();
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return open.hasNext();
			}

			@Override
			public Connection next() {
				ChannelSocket socket = open.next();
				return new Drained(socket);
			}

		};
	}

	private final class Drained implements Connection {

		private final ChannelSocket socket;

		Drained(ChannelSocket socket) {
			this.socket = socket;
		}

		@Override
		public void drain() {
			SocketDrainable.this.closing.add(this.socket);
			this.socket.drain();
		}

		@Override
		public void close() {
			this.socket.restart();
		}

	}

}
