package io.clusterspring.replication;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Position;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;

/**
 * How far the state of another node is known, and what is requested from it. The package
 * has the table of its states. Not thread-safe.
 */
final class Peer<C, E> {

	private final LongFunction<Replica<C, E>> fresh;

	private final LongSupplier tokens;

	private final Consumer<Request> out;

	private @Nullable Known<C, E> known;

	private @Nullable Pending pending;

	Peer(LongFunction<Replica<C, E>> fresh, LongSupplier tokens, Consumer<Request> out) {
		this.fresh = fresh;
		this.tokens = tokens;
		this.out = out;
	}

	boolean isComplete() {
		return position() != null;
	}

	/** Return the last change that is known, {@code null} unless all before it are. */
	@Nullable Position position() {
		Known<C, E> present = this.known;
		return (present != null && this.pending == null) ? new Position(present.incarnation, present.number) : null;
	}

	/**
	 * Request the state after an id. An answer to an earlier request does not count any
	 * more.
	 * @param after the id, 0 for the whole state
	 */
	void ask(long after) {
		Request request = new Request(this.tokens.getAsLong(), after);
		this.pending = new Pending(request);
		this.out.accept(request);
	}

	/** A request without an answer since the last call is sent again. */
	void tick() {
		Pending waiting = this.pending;
		if (waiting != null && waiting.overdue) {
			ask(waiting.request.after());
		}
		else if (waiting != null) {
			waiting.overdue = true;
		}
	}

	/**
	 * The node has sent the number of its last change. If changes are missing, a request
	 * is repeated at once, because the node can answer now.
	 */
	void beat(long incarnation, long number) {
		if (misses(incarnation, number)) {
			Pending waiting = this.pending;
			if (waiting != null && waiting.request.after() == 0) {
				this.out.accept(waiting.request);
			}
			else {
				ask(0);
			}
			noteMissing(incarnation, number);
		}
	}

	void changes(Changes<C> message) {
		Known<C, E> present = this.known;
		if (present == null || misses(message.incarnation(), message.from())) {
			if (this.pending == null || this.pending.request.after() != 0) {
				ask(0);
			}
			noteMissing(message.incarnation(), message.to());
		}
		else if (message.to() > present.number) {
			List<C> all = message.changes();
			all.subList((int) (present.number - message.from()), all.size()).forEach(present.replica::apply);
			present.number = message.to();
		}
	}

	private boolean misses(long incarnation, long number) {
		return this.known == null || this.known.incarnation != incarnation || this.known.number < number;
	}

	private void noteMissing(long incarnation, long number) {
		if (this.pending != null) {
			this.pending.needs(incarnation, number);
		}
	}

	void part(StatePart<E> part) {
		Pending answered = this.pending;
		if (answered == null || !answered.isAnsweredBy(part)) {
			return;
		}
		long after = answered.request.after();
		Known<C, E> present = this.known;
		if (present == null || present.incarnation != part.incarnation()) {
			if (after != 0) {
				ask(0);
				return;
			}
			present = restart(part.incarnation());
		}
		if (after == 0) {
			present.number = part.number();
		}
		this.pending = null;
		present.replica.replace(after, part.end(), part.entries());
		if (part.end() != StatePart.ALL) {
			ask(part.end());
		}
	}

	private Known<C, E> restart(long incarnation) {
		clear();
		Known<C, E> added = new Known<>(incarnation, this.fresh.apply(incarnation));
		this.known = added;
		return added;
	}

	void clear() {
		if (this.known != null) {
			this.known.replica.replace(0, StatePart.ALL, List.of());
			this.known = null;
		}
	}

	/** The replica of an incarnation, and the number of the last change in it. */
	private static final class Known<C, E> {

		private final long incarnation;

		private final Replica<C, E> replica;

		private long number;

		Known(long incarnation, Replica<C, E> replica) {
			this.incarnation = incarnation;
			this.replica = replica;
		}

	}

	/** A request without an answer, and the last change that the answer must contain. */
	private static final class Pending {

		private final Request request;

		private boolean overdue;

		private long incarnation;

		private long number = Long.MIN_VALUE;

		Pending(Request request) {
			this.request = request;
		}

		void needs(long incarnation, long number) {
			this.number = (this.incarnation == incarnation) ? Math.max(this.number, number) : number;
			this.incarnation = incarnation;
		}

		boolean isAnsweredBy(StatePart<?> part) {
			return part.token() == this.request.token() && part.end() > this.request.after()
					&& (part.incarnation() != this.incarnation || part.number() >= this.number);
		}

	}

}
