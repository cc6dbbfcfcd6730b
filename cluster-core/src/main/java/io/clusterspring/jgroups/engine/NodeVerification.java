package io.clusterspring.jgroups.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.VERIFY_SUSPECT2;

/**
 * VERIFY_SUSPECT2 whose time is monotonic, so that a clock that is set neither keeps a
 * dead member in the view nor takes a living one out.
 *
 * <p>
 * Replaces the deadlines of VERIFY_SUSPECT2, as
 * <a href="https://github.com/belaban/JGroups/pull/417">pull request 417</a> did in
 * VERIFY_SUSPECT (docs/upstream.md#verification-and-the-clock). This can go once
 * VERIFY_SUSPECT2 uses {@code System.nanoTime()}.
 */
final class NodeVerification extends VERIFY_SUSPECT2 {

	private final Map<Address, Long> asked = new HashMap<>();

	private final LongSupplier nanoClock;

	NodeVerification() {
		this(System::nanoTime);
	}

	NodeVerification(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		setId(ClassConfigurator.getProtocolId(VERIFY_SUSPECT2.class));
	}

	@Override
	protected synchronized void addSuspects(Collection<Address> members) {
		this.asked.keySet().retainAll(suspected());
		long now = this.nanoClock.getAsLong();
		members.forEach((member) -> this.asked.putIfAbsent(member, now));
		super.addSuspects(members);
	}

	private Set<Address> suspected() {
		return this.suspects.stream().map(Entry::suspect).collect(Collectors.toSet());
	}

	@Override
	public void run() {
		List<Address> silent = takeSilent();
		if (!silent.isEmpty()) {
			this.up_prot.up(new Event(Event.SUSPECT, silent));
		}
	}

	private synchronized List<Address> takeSilent() {
		this.asked.keySet().retainAll(suspected());
		long now = this.nanoClock.getAsLong();
		List<Address> silent = new ArrayList<>();
		this.asked.forEach((member, since) -> {
			if (now - since >= TimeUnit.MILLISECONDS.toNanos(this.timeout)) {
				silent.add(member);
			}
		});
		silent.forEach(this::removeSuspect);
		this.asked.keySet().removeAll(silent);
		return silent;
	}

}
