package io.clusterspring.channel.socket;

import java.util.Objects;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.expiry.Deadline;

/**
 * The right of a socket to be connected: who its user is, until when, and whether that is
 * being refreshed. It only decides; the socket acts. It ends once, at the deadline or
 * when the socket closes, and after that no refresh has an effect. Thread-safe; the
 * functions that it calls must not block.
 */
final class SocketRight {

	private final long notice;

	/** How long before the present deadline the client is told. */
	private volatile long lead;

	private volatile Grant grant;

	private boolean announced;

	/** Forgets the refresh that is under way. */
	private @Nullable Runnable refreshing;

	private boolean ended;

	/**
	 * Create a right.
	 * @param grant the decision at the handshake
	 * @param notice how long before the deadline the client is told, in nanoseconds
	 */
	SocketRight(Grant grant, long notice) {
		this.grant = grant;
		this.notice = notice;
		this.lead = notice;
	}

	Grant grant() {
		return this.grant;
	}

	/**
	 * Say what is due. Without a deadline, or long before it, this is one read.
	 * @param now the present time in nanoseconds
	 * @return {@link Due#NOTICE} and {@link Due#END} once for each deadline
	 */
	Due due(long now) {
		Deadline deadline = this.grant.deadline();
		return (deadline == null || !deadline.isWithin(this.lead, now)) ? Due.NOTHING : nearDeadline(now);
	}

	private synchronized Due nearDeadline(long now) {
		Deadline deadline = this.grant.deadline();
		if (this.ended || deadline == null || !deadline.isWithin(this.lead, now)) {
			return Due.NOTHING;
		}
		if (deadline.isOver(now)) {
			this.ended = true;
			return Due.END;
		}
		boolean first = !this.announced;
		this.announced = true;
		return first ? Due.NOTICE : Due.NOTHING;
	}

	/**
	 * Begin a refresh, unless one is under way. It must be completed or abandoned.
	 * @param forget is called if the socket closes before
	 * @return {@code false} if one is under way, or the right has ended
	 */
	synchronized boolean begin(Runnable forget) {
		boolean free = this.refreshing == null && !this.ended;
		if (free) {
			this.refreshing = forget;
		}
		return free;
	}

	/**
	 * End a refresh without a change.
	 */
	synchronized void abandon() {
		this.refreshing = null;
	}

	/**
	 * End a refresh with a new decision. It is for the same user only, and without a user
	 * for the same id.
	 * @param next the decision
	 * @param now the present time in nanoseconds
	 * @param changing is called with the former and the new decision before the new one
	 * counts
	 * @return how it has ended, or {@code null} if the right has ended before
	 */
	synchronized @Nullable RefreshOutcome complete(Grant next, long now, BiConsumer<Grant, Grant> changing) {
		this.refreshing = null;
		Deadline deadline = this.grant.deadline();
		if (this.ended || (deadline != null && deadline.isOver(now))) {
			return null;
		}
		if (!isSame(this.grant.identity(), next.identity())) {
			return RefreshOutcome.OTHER_USER;
		}
		if (next.isOver(now)) {
			return RefreshOutcome.EXPIRED;
		}
		changing.accept(this.grant, next);
		this.grant = next;
		this.announced = false;
		this.lead = leadOf(next.deadline(), now);
		return RefreshOutcome.OK;
	}

	// a client that refreshes at each notice must not do so without a pause
	private long leadOf(@Nullable Deadline deadline, long now) {
		return (deadline != null) ? Math.min(this.notice, (deadline.nanos() - now) / 2) : this.notice;
	}

	// without a user nothing but the id tells clients apart
	private static boolean isSame(Identity former, Identity next) {
		return Objects.equals(former.name(), next.name())
				&& (former.name() != null || Objects.equals(former.id(), next.id()));
	}

	/**
	 * End, because the socket closes.
	 */
	synchronized void end() {
		this.ended = true;
		if (this.refreshing != null) {
			this.refreshing.run();
			this.refreshing = null;
		}
	}

	/**
	 * The action that is due at a moment.
	 */
	enum Due {

		/** Nothing. */
		NOTHING,
		/** To tell the client that its right ends soon. */
		NOTICE,
		/** To close the socket. */
		END

	}

	/**
	 * One decision of the authorizers.
	 *
	 * @param identity the identity of the client
	 * @param deadline when the socket ends, or {@code null}
	 * @param request the request of the handshake, kept for refreshes; {@code null} if
	 * the socket does not end by itself
	 */
	record Grant(Identity identity, @Nullable Deadline deadline, @Nullable SocketRequest request) {

		static Grant of(Identity identity, SocketRequest request, long now) {
			Deadline deadline = (identity.until() != null) ? Deadline.at(identity.until(), now) : null;
			return new Grant(identity, deadline, (deadline != null) ? request : null);
		}

		boolean isOver(long now) {
			return this.deadline != null && this.deadline.isOver(now);
		}

	}

}
