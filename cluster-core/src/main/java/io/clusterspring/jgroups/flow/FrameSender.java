package io.clusterspring.jgroups.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Table;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;
import io.clusterspring.PayloadLimit;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * The way of frames into a channel. A node that can take a frame at once gets it before
 * any wait for the others, and all waits together end at one deadline. Large frames go in
 * pieces.
 */
public final class FrameSender {

	// what was on its way when a connection broke is to be there before a publisher gives
	// up
	private static final long RESEND_MILLIS = 100;

	private final JChannel channel;

	private final PayloadLimit limit;

	private final @Nullable NodeFlow flow;

	private final @Nullable PieceSender pieces;

	public FrameSender(JChannel channel, PayloadLimit limit) {
		this.channel = channel;
		this.limit = limit;
		this.flow = channel.getProtocolStack().findProtocol(NodeFlow.class);
		NodeFragments fragments = channel.getProtocolStack().findProtocol(NodeFragments.class);
		this.pieces = (this.flow != null && fragments != null) ? new PieceSender(channel, this.flow, fragments) : null;
	}

	// for messages to all, and to one
	public static List<Protocol> repeating(RefusedFrames refused) {
		return List.of(new NodeMulticast(refused).useMcastXmit(false),
				new NodeUnicast(refused).setXmitInterval(RESEND_MILLIS));
	}

	// flow control, and parts of messages
	public static List<Protocol> bounding(NodeLimits limits, RefusedFrames refused, EngineFailures failures) {
		int largest = MessageParts.largestOf(new PayloadLimit(limits.maxPayload()));
		return List.of(new NodeFlow(limits.outbox(), limits.patience()), new NodeFragments(refused, failures, largest));
	}

	public void send(Collection<Address> receivers, byte[] frame) {
		if (frame.length > MessageParts.PART) {
			this.limit.checkFrame(frame.length);
			if (this.pieces != null) {
				this.pieces.send(receivers, frame);
				return;
			}
		}
		List<Address> late = null;
		for (Address receiver : receivers) {
			if (this.flow == null || this.flow.isOpen(receiver)) {
				send(receiver, frame);
			}
			else {
				late = (late != null) ? late : new ArrayList<>();
				late.add(receiver);
			}
		}
		if (late != null && this.flow != null) {
			sendLate(this.flow, late, frame);
		}
	}

	private void sendLate(NodeFlow flow, List<Address> late, byte[] frame) {
		long deadline = flow.deadline();
		for (Address receiver : late) {
			if (flow.admit(receiver, deadline)) {
				send(receiver, frame);
			}
		}
	}

	private void send(Address receiver, byte[] frame) {
		send(this.channel, new BytesMessage(receiver, frame));
	}

	public static void send(JChannel channel, Message message) {
		try {
			channel.send(message);
		}
		catch (Exception ex) {
			if (channel.isConnected()) {
				throw new IllegalStateException("Cannot send to " + message.getDest(), ex);
			}
		}
	}

	public long dropped() {
		return (this.flow != null) ? this.flow.dropped() : 0;
	}

	/**
	 * NAKACK2 in which numbers far ahead take no memory.
	 *
	 * <p>
	 * Replaces the table of NAKACK2 (not reported yet:
	 * docs/upstream.md#numbers-far-ahead). This can go together with {@link NodeWindow}.
	 */
	private static final class NodeMulticast extends NAKACK2 {

		private final RefusedFrames refused;

		NodeMulticast(RefusedFrames refused) {
			setId(ClassConfigurator.getProtocolId(NAKACK2.class));
			this.refused = refused;
		}

		@Override
		protected Table<Message> createTable(long before) {
			return new NodeWindow(before, this.xmit_table_num_rows, this.xmit_table_msgs_per_row,
					this.xmit_table_resize_factor, this.xmit_table_max_compaction_time,
					() -> this.refused.add(FrameRefusal.WINDOW, "a member", "a message to all"));
		}

	}

}
