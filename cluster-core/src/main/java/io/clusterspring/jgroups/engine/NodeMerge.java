package io.clusterspring.jgroups.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PingData;

import io.clusterspring.mailbox.ManyNodes;

/**
 * MERGE3 that looks often, and still waits long enough for what others answer, where
 * JGroups waits for a tenth of the time between two looks. It tells a place its view once
 * in a round, where JGroups does it for each answer that names the place: in a cluster of
 * n nodes, n answers name n. Among few nodes that does no harm. Among more than eight
 * nodes it also looks less often, so that what a node sends for it stays the same: each
 * of the many nodes of a part can find the other part, and one of them is enough.
 *
 * <p>
 * Replaces the checker of MERGE3 (not reported yet:
 * docs/upstream.md#merge3-and-slow-answers). This can go once MERGE3 has a property for
 * the time it waits for views.
 */
final class NodeMerge extends MERGE3 {

	/** How long an answer may take. */
	static final Duration PATIENCE = Duration.ofSeconds(1);

	// longer than it takes until all have said once which view they have
	private static final long LOOK_MILLIS = 1600;

	// less than the time between two rounds
	private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	private static final int MOST_PLACES = 10_000;

	private final Map<PhysicalAddress, Long> told = new ConcurrentHashMap<>();

	NodeMerge() {
		setId(ClassConfigurator.getProtocolId(MERGE3.class));
		setMinInterval(300);
		setMaxInterval(1000);
		setCheckInterval(10 * PATIENCE.toMillis());
	}

	// the first round comes after an interval, as with MERGE3's own task
	@Override
	protected synchronized void startInfoSender() {
		if (!isInfoSenderRunning()) {
			this.info_sender_future = this.timer.scheduleWithDynamicInterval(new Rounds(), false);
		}
	}

	@Override
	protected synchronized void startViewConsistencyChecker() {
		if (!isViewConsistencyCheckerRunning()) {
			this.view_consistency_checker = this.timer.scheduleWithDynamicInterval(new FrequentChecker());
		}
	}

	@Override
	protected void sendInfoMessage(PingData answer) {
		PhysicalAddress place = answer.getPhysicalAddr();
		if (place == null || isDue(place, System.nanoTime()) || areFew()) {
			super.sendInfoMessage(answer);
		}
	}

	// many parts of a few nodes each are many nodes
	private boolean areFew() {
		return slowdown() == 1 && this.told.size() <= ManyNodes.FEW;
	}

	private double slowdown() {
		View present = this.view;
		return (present != null) ? ManyNodes.slowdown(present.size()) : 1;
	}

	private boolean isDue(PhysicalAddress place, long now) {
		if (this.told.size() >= MOST_PLACES) {
			this.told.clear();
		}
		Long before = this.told.get(place);
		boolean due = before == null || now - before >= ROUND_NANOS;
		if (due) {
			this.told.put(place, now);
		}
		return due;
	}

	long nextRound() {
		return Math.round(this.info_sender.nextInterval() * slowdown());
	}

	long nextLook() {
		return Math.round(LOOK_MILLIS * slowdown());
	}

	private final class Rounds extends InfoSender {

		@Override
		public long nextInterval() {
			return nextRound();
		}

	}

	private final class FrequentChecker extends ViewConsistencyChecker {

		@Override
		public long nextInterval() {
			return nextLook();
		}

	}

}
