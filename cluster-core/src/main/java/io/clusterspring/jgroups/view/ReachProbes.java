package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;

/**
 * Members that a node sends a probe to because another one wants to know whether it
 * reaches them. Not thread-safe.
 */
final class ReachProbes {

	/** How long an echo is waited for. */
	static final long TIMEOUT_MILLIS = 1500;

	private static final int MOST = 32;

	private final Map<Long, Probe> probes = new HashMap<>();

	private long numbers;

	// negative if there are too many
	long begin(Address from, long question, Collection<Address> members, long now) {
		if (this.probes.size() >= MOST) {
			return -1;
		}
		this.probes.put(++this.numbers, new Probe(from, question, new HashSet<>(members), now));
		return this.numbers;
	}

	void echo(long number, Address member) {
		Probe probe = this.probes.get(number);
		if (probe != null) {
			probe.missing.remove(member);
		}
	}

	// those that have all echoes, or have waited for long enough
	List<Probe> ended(long now) {
		List<Probe> ended = new ArrayList<>();
		this.probes.values().removeIf((probe) -> {
			boolean over = probe.missing.isEmpty() || now - probe.begun >= TIMEOUT_MILLIS;
			if (over) {
				ended.add(probe);
			}
			return over;
		});
		return ended;
	}

	/** The probes for one question, and the members that have not answered. */
	record Probe(Address from, long question, Set<Address> missing, long begun) {
	}

}
