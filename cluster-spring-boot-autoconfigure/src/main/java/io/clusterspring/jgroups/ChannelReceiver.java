package io.clusterspring.jgroups;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.LongMessage;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.TransportListener;

/**
 * The engine's end of one connection. It keeps views and frames back until it is settled
 * that this node may have its name: if an older member has it, it is probed, and an
 * answer means no.
 */
final class ChannelReceiver implements Receiver {

	private static final Log logger = LogFactory.getLog(ChannelReceiver.class);

	// control messages: the kind in the lowest two bits, a number in the others
	private static final int NUMBER_SHIFT = 2;

	private static final int ECHO = 0;

	private static final int PROBE = 1;

	private static final int ANSWER = 2;

	private static final int PING = 3;

	private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * Namesakes.PATIENCE_MILLIS);

	private final JChannel channel;

	private final AddressBook book;

	private final TransportListener listener;

	private final AdmissionGate gate = new AdmissionGate(this::deliver);

	private final RoundTrips roundTrips = new RoundTrips();

	private List<Address> members = List.of();

	private boolean taken;

	private volatile boolean admitted;

	ChannelReceiver(JChannel channel, AddressBook book, TransportListener listener) {
		this.channel = channel;
		this.book = book;
		this.listener = listener;
	}

	/**
	 * Settle whether this node is admitted, after the channel has connected.
	 * @return {@code false} if an older member answers to the name
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	boolean admit() throws InterruptedException {
		try {
			synchronized (this) {
				awaitElder();
				if (!this.taken) {
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
		long end = System.nanoTime() + PROBE_NANOS;
		Address elder = elder();
		if (elder != null) {
			signal(elder, PROBE);
		}
		long left = PROBE_NANOS;
		while (elder() != null && !this.taken && left > 0) {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			left = end - System.nanoTime();
		}
	}

	private @Nullable Address elder() {
		Address own = this.channel.getAddress();
		Node self = AddressBook.nodeOf(own);
		for (Address member : this.members) {
			if (self == null || member.equals(own)) {
				return null;
			}
			if (self.equals(AddressBook.nodeOf(member))) {
				return member;
			}
		}
		return null;
	}

	@Override
	public synchronized void viewAccepted(View view) {
		this.members = view.getMembers();
		if (this.admitted) {
			if (view instanceof MergeView merged) {
				partWays(merged);
			}
			install();
			warnOfElder();
		}
		notifyAll();
	}

	private void partWays(MergeView merged) {
		// one that was frozen has seen nothing of it, and missed as much as if it had
		Address own = this.channel.getAddress();
		Set<Address> wentOnWithoutThis = merged.getSubgroups()
			.stream()
			.filter((part) -> !part.containsMember(own))
			.flatMap((part) -> part.getMembers().stream())
			.collect(Collectors.toSet());
		install(this.members.stream().filter((member) -> !wentOnWithoutThis.contains(member)).toList());
	}

	private void warnOfElder() {
		if (elder() != null) {
			logger.error("Another live node has the name of this one, which went unseen while they could not reach "
					+ "each other: " + this.members + ". Restart one of them with another name.");
		}
	}

	private void install() {
		install(this.members);
	}

	private void install(List<Address> present) {
		this.book.update(present, this.channel.getAddress()).forEach(this.listener::viewChanged);
	}

	@Override
	public void receive(Message message) {
		if (message instanceof LongMessage control) {
			receiveControl(control);
		}
		else if (message instanceof BytesMessage) {
			this.gate.pass(message);
		}
	}

	private void deliver(Message frame) {
		Node sender = this.book.sender(frame.getSrc());
		if (sender != null) {
			this.listener.frameReceived(sender,
					ByteBuffer.wrap(frame.getArray(), frame.getOffset(), frame.getLength()).slice());
		}
	}

	CompletableFuture<Duration> roundTrip(Address to) {
		return this.roundTrips.begin((number) -> signal(to, (number << NUMBER_SHIFT) | PING));
	}

	private void receiveControl(LongMessage control) {
		long number = control.getValue() >> NUMBER_SHIFT;
		switch ((int) control.getValue() & PING) {
			case PROBE -> signal(control.getSrc(), ANSWER);
			case PING -> signal(control.getSrc(), (number << NUMBER_SHIFT) | ECHO);
			case ECHO -> this.roundTrips.end(number);
			default -> refuse();
		}
	}

	private synchronized void refuse() {
		this.taken = true;
		notifyAll();
	}

	private void signal(Address to, long what) {
		try {
			this.channel.send(new LongMessage(to, what).setFlag(Message.Flag.OOB, Message.Flag.NO_FC)
				.setFlag(Message.TransientFlag.DONT_BLOCK));
		}
		catch (Exception ex) {
			// a probe without an answer is settled by its timeout
		}
	}

}
