package io.clusterspring.revocation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The revocations of the last minute or so, for sockets that are still being opened. A
 * socket that took longer than that, or of which the memory may have forgotten something
 * because it was full, counts as revoked: its client connects again and is asked again.
 * Thread-safe; takes the time from its callers.
 */
final class RevocationMemory {

	// a session may be found for a moment after its end was announced
	private static final long ENDING = TimeUnit.SECONDS.toNanos(1);

	private static final int MAX_RENAMES = 10;

	private final int capacity;

	private final long retention;

	/** The oldest entries come first. */
	private final Map<RevocationKey, Entry> entries = new LinkedHashMap<>();

	/** Until when something was forgotten too early. */
	private @Nullable Long unknownUntil;

	private long forgotten;

	/** When the last one happened that this node tells of and has forgotten. */
	private @Nullable Long untold;

	/** The same, without the ends of HTTP sessions. */
	private @Nullable Long untoldDisconnect;

	RevocationMemory(int capacity, long retention) {
		this.capacity = capacity;
		this.retention = retention;
	}

	/**
	 * Remember a revocation.
	 * @param revocation the revocation
	 * @param from the node that has told of it, {@code null} for this node
	 * @param now the time
	 * @return whether it is news
	 */
	synchronized boolean add(Revocation revocation, @Nullable Node from, long now) {
		forgetOld(now);
		Entry known = this.entries.get(revocation.key());
		if (known != null && known.makesNeedless(revocation)) {
			return false;
		}
		if (known != null && revocation.next() != null && known.revocation.effect() == Revocation.Effect.EARLIER) {
			// a session that was revoked under its former id is so under the new one
			RevocationKey next = RevocationKey.session(revocation.next());
			Entry present = this.entries.get(next);
			if (present == null) {
				put(new Entry(Revocation.earlier(next, known.revocation.at()), from));
			}
		}
		put(new Entry(revocation, (known != null && known.own()) ? null : from));
		return true;
	}

	private void put(Entry entry) {
		this.entries.remove(entry.revocation.key());
		this.entries.put(entry.revocation.key(), entry);
		if (this.entries.size() > this.capacity) {
			forgetOldest();
		}
	}

	private void forgetOld(long now) {
		Iterator<Entry> all = this.entries.values().iterator();
		while (all.hasNext()) {
			Entry oldest = all.next();
			if (now - oldest.revocation.at() <= this.retention) {
				return;
			}
			all.remove();
			forget(oldest);
		}
	}

	private void forgetOldest() {
		Iterator<Entry> all = this.entries.values().iterator();
		Entry oldest = all.next();
		all.remove();
		forget(oldest);
		doubt(oldest.revocation.at() + ENDING);
		this.forgotten++;
	}

	private void forget(Entry entry) {
		if (entry.own()) {
			long at = entry.revocation.at();
			this.untold = later(this.untold, at);
			if (entry.revocation.key().subject() != RevocationKey.Subject.SESSION) {
				this.untoldDisconnect = later(this.untoldDisconnect, at);
			}
		}
	}

	private static long later(@Nullable Long known, long other) {
		return (known != null && known - other > 0) ? known : other;
	}

	/**
	 * Take all sockets for revoked that are being opened and whose requests arrived
	 * before.
	 * @param until when the last of the revocations may have happened that are not known
	 */
	synchronized void doubt(long until) {
		this.unknownUntil = later(this.unknownUntil, until);
	}

	/**
	 * Return the key that the sockets of a key have now.
	 * @param key the key of a request
	 * @return the key of the HTTP session under its present id, otherwise the same key
	 */
	synchronized RevocationKey current(RevocationKey key) {
		RevocationKey present = key;
		for (int i = 0; i < MAX_RENAMES; i++) {
			Entry known = this.entries.get(present);
			if (known == null || known.revocation.effect() != Revocation.Effect.RENAME) {
				return present;
			}
			present = RevocationKey.session(Objects.requireNonNull(known.revocation.next()));
		}
		return present;
	}

	/**
	 * Return whether a registered socket has lost its right.
	 * @param keys the present keys of the socket
	 * @param origin where it comes from
	 * @return whether a revocation is known that covers it
	 */
	synchronized boolean isRevoked(Iterable<RevocationKey> keys, SocketOrigin origin) {
		for (RevocationKey key : keys) {
			Entry known = this.entries.get(key);
			if (known != null && known.revocation.covers(origin)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether something was forgotten too early, because the memory was full, that
	 * may have been about a socket.
	 * @param origin where it comes from
	 * @return whether it is not known what was revoked since its request has arrived
	 */
	synchronized boolean hasForgottenSince(SocketOrigin origin) {
		return this.unknownUntil != null && origin.arrivedAt() - this.unknownUntil <= 0;
	}

	/**
	 * Return whether the request of a socket has arrived before all that is remembered.
	 * @param origin where it comes from
	 * @param now the time
	 * @return whether it took longer to open the socket than revocations are remembered
	 */
	boolean isTooOld(SocketOrigin origin, long now) {
		return now - origin.arrivedAt() > this.retention;
	}

	/**
	 * Return the revocations of this node, for a node that has joined.
	 * @param now the time
	 * @return the revocations, the oldest first
	 */
	synchronized List<Revocation> own(long now) {
		forgetOld(now);
		List<Revocation> own = new ArrayList<>();
		this.entries.values().stream().filter(Entry::own).map(Entry::revocation).forEach(own::add);
		return own;
	}

	/**
	 * Return whether something has happened since a moment that {@link #own} has no more.
	 * @param since the moment
	 * @param sessions whether the ends of HTTP sessions count
	 * @param now the time
	 * @return when the last of it happened, or {@code null}
	 */
	synchronized @Nullable Long untold(long since, boolean sessions, long now) {
		forgetOld(now);
		Long last = sessions ? this.untold : this.untoldDisconnect;
		return (last != null && last - since >= 0) ? last : null;
	}

	/**
	 * Tell in future what nodes have told that are gone.
	 * @param gone the nodes
	 */
	synchronized void adopt(Set<Node> gone) {
		this.entries.replaceAll((key, entry) -> (entry.from != null && gone.contains(entry.from))
				? new Entry(entry.revocation, null) : entry);
	}

	synchronized int size() {
		return this.entries.size();
	}

	synchronized long forgotten() {
		return this.forgotten;
	}

	private record Entry(Revocation revocation, @Nullable Node from) {

		boolean own() {
			return this.from == null;
		}

		boolean makesNeedless(Revocation later) {
			return switch (this.revocation.effect()) {
				case ENDED -> true;
				case RENAME -> Objects.equals(later.next(), this.revocation.next());
				case EARLIER -> later.effect() == Revocation.Effect.EARLIER && later.at() - this.revocation.at() <= 0;
				case ALL, ASKED -> false;
			};
		}

	}

}
