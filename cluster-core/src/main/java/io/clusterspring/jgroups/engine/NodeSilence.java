package io.clusterspring.jgroups.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;

import io.clusterspring.jgroups.view.ViewAgreement;

/**
 * FD_ALL3 in which every member says whom it does not hear, where JGroups asks the next
 * coordinator only: it may be another one whose link is cut.
 *
 * <p>
 * When one is silent for too long, here or for another node, those that have been silent
 * for two thirds of that time are suspected too, and then asked: of several links that
 * broke together none is found later than the others. A member that is silent for as long
 * gets a new connection, because after an outage TCP waits for as long again before it
 * repeats what was lost.
 *
 * <p>
 * Replaces {@code suspect} of FD_ALL3, and adds the new connection (not reported yet:
 * docs/upstream.md#suspicions-of-one-member-only,
 * docs/upstream.md#silence-after-an-outage). This can go once each member can pass its
 * suspicions up, and a failure detector can ask for a new connection.
 */
class NodeSilence extends FD_ALL3 {

	// within which a new connection is made
	private static final long CONNECT_MILLIS = 1000;

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
		ViewAgreement.note(getProtocolStack(), silent, "it was silent for too long");
		this.up_prot.up(new Event(Event.SUSPECT, silent));
	}

	// not heard for two thirds of the time they may be silent
	Set<Address> quiet() {
		Set<Address> quiet = new HashSet<>();
		this.timestamps.forEach((member, heard) -> {
			if (heard instanceof Silence silence && silence.isLong()) {
				quiet.add(member);
			}
		});
		return quiet;
	}

	// it has got a new connection, and was not heard since: the end of a connection says
	// nothing new about it
	boolean isSilent(Address member) {
		return this.timestamps.get(member) instanceof Silence silence && silence.noticed;
	}

	// what was written in the latter half of an interval stands for its heartbeat: the
	// longest time without a message is one and a half
	long heartbeatNanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.interval) / 2;
	}

	// called for each member in each interval
	@Override
	protected <T> boolean needsToBeSuspected(Address member, T value) {
		if (value instanceof Silence silence && this.timeout / 3 >= CONNECT_MILLIS && silence.isNews()) {
			connectAnew(member);
		}
		return super.needsToBeSuspected(member, value);
	}

	void connectAnew(Address member) {
		if (getTransport() instanceof NodeTcp tcp) {
			this.timer.execute(() -> {
				tcp.disconnect(member);
				this.down_prot.down(new EmptyMessage(member).putHeader(this.id, new HeartbeatHeader())
					.setFlag(Message.TransientFlag.DONT_BLOCK));
			}, true);
		}
	}

	@Override
	protected void update(Address sender, boolean logs, boolean onlyIfNew) {
		if (sender != null && !sender.equals(this.local_addr) && !this.timestamps.containsKey(sender)) {
			this.timestamps.putIfAbsent(sender, new Silence(this.num_bits));
		}
		super.update(sender, logs, onlyIfNew);
	}

	/** In which of the last intervals a member was heard. */
	private static final class Silence extends Bitmap {

		private volatile boolean noticed;

		Silence(int intervals) {
			super(intervals);
		}

		boolean isNews() {
			boolean news = !this.noticed && isLong();
			if (news) {
				this.noticed = true;
			}
			return news;
		}

		// every message does this
		@Override
		public Bitmap set() {
			if (this.noticed) {
				this.noticed = false;
			}
			return super.set();
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
