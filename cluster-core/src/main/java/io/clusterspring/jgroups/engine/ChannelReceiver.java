package io.clusterspring.jgroups.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.LongMessage;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * The engine's end of one connection. It keeps views and frames back as long as an older
 * member has the name of this node. A node that has been admitted, and finds an older
 * member with its name in a view, is evicted.
 */
final class ChannelReceiver implements Receiver {

	private static final Log logger = LogFactory.getLog(ChannelReceiver.class);

	private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

	// longer than it takes the members to find out that a silent elder is gone
	private static final long ADMISSION_NANOS = TimeUnit.SECONDS.toNanos(20);

	private final JChannel channel;

	private final AddressBook book;

	private final TransportListener listener;

	private final RefusedFrames refused;

	private final Runnable afterEviction;

	private final EarlyFrames early;

	private final AdmissionGate gate;

	private final RoundTrips roundTrips = new RoundTrips();

	private List<Address> members = List.of();

	private boolean taken;

	private volatile boolean admitted;

	// afterEviction ends the connection, without waiting for that
	ChannelReceiver(JChannel channel, AddressBook book, TransportListener listener, RefusedFrames refused,
			Runnable afterEviction) {
		this.channel = channel;
		this.book = book;
		this.listener = listener;
		this.refused = refused;
		this.early = new EarlyFrames(this::deliver, refused, System::nanoTime);
		this.gate = new AdmissionGate(this.early::pass);
		this.afterEviction = afterEviction;
	}

	// called when the channel has connected; false if an older member has the name
	boolean admit() throws InterruptedException {
		try {
			synchronized (this) {
				awaitElder();
				if (!this.taken && elder() == null) {
					this.admitted = true;
					install();
				}
			}
			if (this.admitted) {
				this.gate.open();
			}
			return this.admitted;
		}
		finally {
			this.gate.close();
		}
	}

	private void awaitElder() throws InterruptedException {
		// its answer ends the wait early; without one the members settle whether it is
		// gone
		long end = System.nanoTime() + ADMISSION_NANOS;
		Address elder = elder();
		while (elder != null && !this.taken && System.nanoTime() - end < 0) {
			signal(elder, new Signal(Signal.PROBE, 0));
			TimeUnit.NANOSECONDS.timedWait(this, PROBE_NANOS);
			elder = elder();
		}
	}

	private @Nullable Address elder() {
		return MemberAddress.elder(this.members, this.channel.getAddress());
	}

	@Override
	public synchronized void viewAccepted(View view) {
		this.members = view.getMembers();
		if (this.admitted) {
			Address elder = elder();
			if (elder != null) {
				evict(elder);
			}
			else if (view instanceof MergeView merged) {
				partWays(merged);
				install();
			}
			else {
				install();
			}
		}
		notifyAll();
	}

	private void evict(Address elder) {
		this.admitted = false;
		logger.warn("A process at " + this.channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, elder))
				+ " has the name of this node, and is in the cluster: " + this.members);
		this.afterEviction.run();
		this.early.retain(List.of());
		this.book.clear();
		Address own = this.channel.getAddress();
		this.book.update(List.of(own), own).forEach(this.listener::evicted);
	}

	private void partWays(MergeView merged) {
		// one that was frozen has seen nothing of it, and missed as much as if it had
		Address own = this.channel.getAddress();
		Set<Address> wentOnWithoutThis = new MergedParts(merged.getSubgroups()).wentOnWithout(own);
		install(this.members.stream().filter((member) -> !wentOnWithoutThis.contains(member)).toList());
	}

	private void install() {
		install(this.members);
	}

	private void install(List<Address> present) {
		this.early.retain(present);
		this.book.update(present, this.channel.getAddress()).forEach(this.listener::viewChanged);
		this.early.admit(this.book.holders().values());
	}

	@Override
	public void receive(Message message) {
		if (message instanceof LongMessage control) {
			receiveSignal(control.getSrc(), Signal.of(control.getValue()));
		}
		else if (message instanceof BytesMessage) {
			this.gate.pass(message);
		}
	}

	private void deliver(Message frame) {
		if (!this.admitted) {
			return;
		}
		Node sender = this.book.sender(frame.getSrc());
		if (sender != null) {
			this.listener.frameReceived(sender,
					ByteBuffer.wrap(frame.getArray(), frame.getOffset(), frame.getLength()).slice());
		}
	}

	CompletableFuture<Duration> roundTrip(Address to) {
		return this.roundTrips.begin((number) -> signal(to, new Signal(Signal.PING, number)));
	}

	private void receiveSignal(Address from, Signal signal) {
		switch (signal.sort()) {
			case Signal.PROBE -> signal(from, new Signal(Signal.ANSWER, 0));
			case Signal.ANSWER -> refuse();
			case Signal.PING -> signal(from, new Signal(Signal.ECHO, signal.number()));
			case Signal.ECHO -> this.roundTrips.end(signal.number());
			default -> this.refused.skip(from, "as a control message (sort " + signal.sort() + ")");
		}
	}

	private synchronized void refuse() {
		this.taken = true;
		notifyAll();
	}

	private void signal(Address to, Signal signal) {
		try {
			this.channel.send(new LongMessage(to, signal.value()).setFlag(Message.Flag.OOB, Message.Flag.NO_FC)
				.setFlag(Message.TransientFlag.DONT_BLOCK));
		}
		catch (Exception ex) {
			// a probe without an answer is settled by its timeout
		}
	}

	/**
	 * The parts that a merge has put together, as their members tell of them. A
	 * coordinator that was frozen tells of a view that the others have left behind: the
	 * view has the coordinator of another part, whose view has not got the frozen one.
	 */
	record MergedParts(List<View> parts) {

		// they missed what it said as it missed what they said; in doubt a member is one
		// of them
		Set<Address> wentOnWithout(Address own) {
			Set<Address> members = new HashSet<>();
			for (View part : this.parts) {
				if (part.containsMember(own) || isBeforeThatOf(own, part)) {
					continue;
				}
				if (isLeftBehind(part)) {
					members.add(part.getCreator());
				}
				else {
					members.addAll(part.getMembers());
				}
			}
			return members;
		}

		// its members had not heard yet that this node has joined, and MERGE3 takes the
		// view and its successor for parts (docs/upstream.md#a-view-and-its-successor)
		private boolean isBeforeThatOf(Address own, View part) {
			return this.parts.stream()
				.filter((other) -> other.containsMember(own) && other.getCreator().equals(part.getCreator()))
				.anyMatch((other) -> other.getViewId().getId() > part.getViewId().getId());
		}

		private boolean isLeftBehind(View part) {
			return this.parts.stream()
				.anyMatch(
						(other) -> part.containsMember(other.getCreator()) && !other.containsMember(part.getCreator()));
		}

	}

}
