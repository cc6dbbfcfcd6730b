package io.clusterspring.jgroups.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.util.Table;

import io.clusterspring.FrameRefusal;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * UNICAST3 that delivers nothing twice to a node that has forgotten a sender, repeats
 * nothing for long to a node outside of the view, and takes no memory for numbers far
 * ahead or for senders without end.
 *
 * <p>
 * Connections between members do not end for being idle: the message that is sent at the
 * moment when one does is lost.
 *
 * <p>
 * Replaces the beginning and the end of connections in UNICAST3, and their repetitions
 * (not reported yet: docs/upstream.md#messages-that-come-twice,
 * docs/upstream.md#connections-outside-of-the-view). This can go once UNICAST3 remembers
 * what it has delivered and leaves nodes alone that are no members.
 */
final class NodeUnicast extends UNICAST3 {

	private static final int REMEMBERED = 200;

	/** How many senders that are no members are known at once. */
	static final int MOST_STRANGERS = 500;

	// 5 s, in which one that joins or is merged with has become a member
	private static final int MOST_REPEATS = 50;

	// a batch of messages each time
	private static final int MOST_EARLY = 64;

	private final Map<Address, Window> windows = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Address, Window> eldest) {
			return size() > REMEMBERED;
		}

	};

	private final Map<Address, Integer> repeats = new ConcurrentHashMap<>();

	private Table<Message> created = createTable(1);

	private final AtomicInteger early = new AtomicInteger();

	private final RefusedFrames refused;

	NodeUnicast(RefusedFrames refused) {
		this.refused = refused;
		setId(ClassConfigurator.getProtocolId(UNICAST3.class));
		setConnExpiryTimeout(0);
	}

	@Override
	protected Table<Message> createTable(long first) {
		this.created = new NodeWindow(first - 1, this.xmit_table_num_rows, this.xmit_table_msgs_per_row,
				this.xmit_table_resize_factor, this.xmit_table_max_compaction_time,
				() -> this.refused.add(FrameRefusal.WINDOW, "a member", "a message to this node"));
		return this.created;
	}

	// called with the lock on all receivers
	@Override
	protected ReceiverEntry createReceiverEntry(Address sender, long first, short connection, Address dest) {
		forgetStrangers(sender);
		Window last = this.windows.remove(sender);
		long next = (last != null) ? last.next(connection, first) : first;
		ReceiverEntry entry = super.createReceiverEntry(sender, next, connection, dest);
		this.windows.put(sender, new Window(connection, this.created));
		return entry;
	}

	// called for what waits for an acknowledgement
	@Override
	protected void retransmit(Message message) {
		Address to = message.dest();
		if (this.members.contains(to)) {
			super.retransmit(message);
		}
		else if (hasSendConnectionTo(to)) {
			repeat(to, message);
		}
	}

	private void repeat(Address stranger, Message message) {
		if (this.repeats.size() > MOST_STRANGERS) {
			this.repeats.clear();
		}
		if (this.repeats.merge(stranger, 1, Integer::sum) <= MOST_REPEATS) {
			super.retransmit(message);
		}
		else {
			this.repeats.remove(stranger);
			closeSendConnection(stranger);
		}
	}

	private void forgetStrangers(Address sender) {
		if (this.recv_table.size() >= this.members.size() + MOST_STRANGERS) {
			this.recv_table.keySet().removeIf((address) -> !this.members.contains(address));
			this.msg_cache.clear();
			this.refused.add(FrameRefusal.STRANGER, sender, "more than " + MOST_STRANGERS);
		}
	}

	// called when a message has come before the first one of its sender, and is kept
	@Override
	protected void sendRequestForFirstSeqno(Address sender, Address dest) {
		if (this.msg_cache.isEmpty()) {
			this.early.set(0);
		}
		if (this.early.incrementAndGet() > MOST_EARLY) {
			this.early.set(0);
			this.msg_cache.clear();
			this.refused.add(FrameRefusal.WINDOW, sender, "many messages and not the first one");
		}
		super.sendRequestForFirstSeqno(sender, dest);
	}

	private record Window(short connection, Table<Message> messages) {

		long next(short again, long first) {
			return (again == this.connection) ? Math.max(first, this.messages.getHighestDelivered() + 1) : first;
		}

	}

}
