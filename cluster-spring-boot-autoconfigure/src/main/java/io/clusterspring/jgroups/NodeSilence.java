package io.clusterspring.jgroups;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;

/**
 * FD_ALL3 in which every member says whom it does not hear, where JGroups asks the next
 * coordinator only: it may be another one whose link is cut.
 *
 * <p>
 * When one is silent for too long, here or for another node, those that have been silent
 * for two thirds of that time are suspected too. A suspect is asked before it is taken
 * for gone, so that costs a living one nothing, and of several links that broke together
 * none is found later than the others.
 */
final class NodeSilence extends FD_ALL3 {

	NodeSilence() {
		setId(ClassConfigurator.getProtocolId(FD_ALL3.class));
	}

	@Override
	protected void suspect(List<Address> suspects) {
		if (suspects.isEmpty()) {
			return;
		}
		this.num_suspect_events += suspects.size();
		synchronized (this) {
			this.suspected_mbrs.addAll(suspects);
			this.has_suspected_mbrs = true;
		}
		Set<Address> silent = quiet();
		silent.addAll(suspects);
		this.up_prot.up(new Event(Event.SUSPECT, silent));
	}

	/**
	 * Return the members that were not heard for two thirds of the time they may be
	 * silent.
	 * @return the members
	 */
	Set<Address> quiet() {
		Set<Address> quiet = new HashSet<>();
		this.timestamps.forEach((member, heard) -> {
			if (heard instanceof Silence silence && silence.isLong()) {
				quiet.add(member);
			}
		});
		return quiet;
	}

	@Override
	protected void update(Address sender, boolean logs, boolean onlyIfNew) {
		if (sender != null && !sender.equals(this.local_addr) && !this.timestamps.containsKey(sender)) {
			this.timestamps.putIfAbsent(sender, new Silence(this.num_bits));
		}
		super.update(sender, logs, onlyIfNew);
	}

	/**
	 * In which of the last intervals a member was heard.
	 */
	private static final class Silence extends Bitmap {

		Silence(int intervals) {
			super(intervals);
		}

		boolean isLong() {
			int intervals = this.bits.length();
			for (int i = 0; i <= intervals * 2 / 3; i++) {
				if (this.bits.get((this.index + intervals - i) % intervals) == 1) {
					return false;
				}
			}
			return true;
		}

	}

}
