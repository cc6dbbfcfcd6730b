package io.clusterspring.http.events;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

import io.clusterspring.drain.Drainable;

/**
 * The connections of this node, to be closed before it stops.
 *
 * @param open the connections, including those that are closing
 * @param retry the time after which clients connect again, in milliseconds
 */
record EventsDrainable(Collection<EventStream> open, long retry) implements Drainable {

	// the gate of all topics refuses new ones
	@Override
	public void setAccepting(boolean accepting) {
	}

	@Override
	public int size() {
		return this.open.size();
	}

	@Override
	public BooleanSupplier caughtUp() {
		return () -> true;
	}

	@Override
	public Iterator<? extends Connection> connections() {
		return this.open.stream().<Connection>map(Drained::new).iterator();
	}

	/** Clients come back one after the other, up to half of the time later. */
	private byte[] retryFrame() {
		return EventFrames.open(this.retry + ThreadLocalRandom.current().nextLong(this.retry / 2 + 1), null);
	}

	private final class Drained implements Connection {

		private final EventStream stream;

		Drained(EventStream stream) {
			this.stream = stream;
		}

		@Override
		public void drain() {
			this.stream.send(retryFrame());
			this.stream.close(EventsEnd.DRAINED);
		}

		@Override
		public void close() {
			this.stream.complete();
		}

	}

}
