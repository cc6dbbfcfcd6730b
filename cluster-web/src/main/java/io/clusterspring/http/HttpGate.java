package io.clusterspring.http;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

import io.clusterspring.drain.Drainable;

/**
 * Whether this node takes requests for topics: not while it drains or stops, and not
 * while the cluster goes on without it. Thread-safe.
 */
public final class HttpGate implements Drainable {

	private final BooleanSupplier out;

	private volatile boolean accepting = true;

	/**
	 * Create a gate.
	 * @param out whether this node is out of the cluster
	 */
	public HttpGate(BooleanSupplier out) {
		this.out = out;
	}

	/**
	 * Return whether a request can be handled here.
	 * @return {@code false} if the client has to go to another node
	 */
	public boolean isOpen() {
		return this.accepting && !this.out.getAsBoolean();
	}

	/**
	 * Return whether this node neither drains nor stops.
	 * @return {@code false} if clients are sent to other nodes
	 */
	public boolean isAccepting() {
		return this.accepting;
	}

	@Override
	public void setAccepting(boolean accepting) {
		this.accepting = accepting;
	}

	@Override
	public int size() {
		return 0;
	}

	@Override
	public BooleanSupplier caughtUp() {
		return () -> true;
	}

	@Override
	public Iterator<? extends Connection> connections() {
		return Collections.emptyIterator();
	}

}
