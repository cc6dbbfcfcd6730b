package io.clusterspring.channel.socket;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.clusterspring.channel.fanout.ChannelHub;
import io.clusterspring.drain.Drainable;

/**
 * The sockets of a node, as connections to drain. A closing socket is counted until its
 * transport has written all remaining frames.
 */
final class SocketDrainable implements Drainable {

	private final SocketRegistry registry;

	private final ChannelHub hub;

	private final Consumer<Boolean> accepting;

	private final Set<ChannelSocket> closing = ConcurrentHashMap.newKeySet();

	SocketDrainable(SocketRegistry registry, ChannelHub hub, Consumer<Boolean> accepting) {
		this.registry = registry;
		this.hub = hub;
		this.accepting = accepting;
	}

	@Override
	public void setAccepting(boolean accepting) {
		this.accepting.accept(accepting);
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
		return this.registry.sockets().stream().<Connection>map(Drained::new).iterator();
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
