package io.clusterspring.jgroups.engine;

import java.time.Duration;

import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;

/**
 * MERGE3 that looks often, and still waits long enough for what others answer, where
 * JGroups waits for a tenth of the time between two looks.
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

	NodeMerge() {
		setId(ClassConfigurator.getProtocolId(MERGE3.class));
		setMinInterval(300);
		setMaxInterval(1000);
		setCheckInterval(10 * PATIENCE.toMillis());
	}

	@Override
	protected synchronized void startViewConsistencyChecker() {
		if (!isViewConsistencyCheckerRunning()) {
			this.view_consistency_checker = this.timer.scheduleWithDynamicInterval(new FrequentChecker());
		}
	}

	private final class FrequentChecker extends ViewConsistencyChecker {

		@Override
		public long nextInterval() {
			return LOOK_MILLIS;
		}

	}

}
