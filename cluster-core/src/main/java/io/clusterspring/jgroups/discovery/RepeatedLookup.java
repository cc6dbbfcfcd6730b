package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.NodeLookup.Found;

/**
 * Keeps what a {@link NodeLookup} has found until it is time to look again, and keeps it
 * as well when that fails: whom the lookup does not tell of any more may still be there.
 */
final class RepeatedLookup {

	private static final Log logger = LogFactory.getLog(RepeatedLookup.class);

	private static final long INITIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final NodeLookup lookup;

	private final AtomicBoolean busy = new AtomicBoolean();

	private volatile Found last = new Found(List.of(), false);

	private volatile long next = System.nanoTime();

	private volatile @Nullable String failure;

	RepeatedLookup(NodeLookup lookup) {
		this.lookup = lookup;
	}

	// if it is old and nobody is looking already, the caller looks, and is back when that
	// is done
	Found found(InetAddress own, boolean initial) {
		if (this.next - System.nanoTime() <= 0 && this.busy.compareAndSet(false, true)) {
			try {
				this.last = lookUp(own);
				this.next = System.nanoTime() + (initial ? INITIAL_NANOS : this.lookup.interval().toNanos());
			}
			finally {
				this.busy.set(false);
			}
		}
		return this.last;
	}

	void expire() {
		this.next = System.nanoTime();
	}

	@Nullable String failure() {
		return this.failure;
	}

	private Found lookUp(InetAddress own) {
		try {
			Found found = this.lookup.lookUp(own);
			this.failure = this.lookup.obstacle();
			return found;
		}
		catch (Exception | Error ex) {
			String before = this.failure;
			this.failure = "it fails: " + ex;
			if (!this.failure.equals(before)) {
				logger.warn("Cannot look up where other nodes are, and will try again: " + ex);
			}
			return new Found(this.last.places(), false);
		}
	}

}
