package io.clusterspring.jgroups.flow;

import java.util.function.Predicate;

import org.jgroups.Message;
import org.jgroups.util.Table;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one sender that have come before those ahead of them. JGroups makes
 * room up to whatever number comes; here a number that is too far ahead is not taken, as
 * if the message were lost. It comes again.
 *
 * <p>
 * Replaces the growth of Table, which goes as far as any number that comes (not reported
 * yet: docs/upstream.md#numbers-far-ahead). This can go once Table has a bound.
 */
final class NodeWindow extends Table<Message> {

	/**
	 * How far a number may be ahead of the last one that was delivered. At most as many
	 * messages of some bytes fit into the largest outbox.
	 */
	static final long WIDTH = 1 << 21;

	private final Runnable refused;

	// refused runs for each message that is not taken
	NodeWindow(long before, int rows, int perRow, double factor, long compaction, Runnable refused) {
		super(rows, perRow, before, factor, compaction);
		this.refused = refused;
	}

	@Override
	protected boolean _add(long number, Message message, boolean resize, @Nullable Predicate<Message> removed) {
		if (isTooFar(number)) {
			this.refused.run();
			return false;
		}
		return super._add(number, message, resize, removed);
	}

	@Override
	protected void resize(long number) {
		super.resize(isTooFar(number) ? this.hd + WIDTH : number);
	}

	private boolean isTooFar(long number) {
		return number - this.hd > WIDTH;
	}

}
