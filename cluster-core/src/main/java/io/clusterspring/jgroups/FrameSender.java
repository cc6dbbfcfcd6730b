package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jspecify.annotations.Nullable;

import io.clusterspring.PayloadLimit;

/**
 * The way of frames into a channel. Who can take a frame at once gets it before any wait
 * for the others, and all waits together end at one deadline. Large frames go in pieces.
 */
final class FrameSender {

	private final JChannel channel;

	private final PayloadLimit limit;

	private final @Nullable NodeFlow flow;

	private final @Nullable PieceSender pieces;

	FrameSender(JChannel channel, PayloadLimit limit) {
		this.channel = channel;
		this.limit = limit;
		this.flow = channel.getProtocolStack().findProtocol(NodeFlow.class);
		NodeFragments fragments = channel.getProtocolStack().findProtocol(NodeFragments.class);
		this.pieces = (this.flow != null && fragments != null) ? new PieceSender(channel, this.flow, fragments) : null;
	}

	void send(Collection<Address> receivers, byte[] frame) {
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

	static void send(JChannel channel, Message message) {
		try {
			channel.send(message);
		}
		catch (Exception ex) {
			if (channel.isConnected()) {
				throw new IllegalStateException("Cannot send to " + message.getDest(), ex);
			}
		}
	}

	long dropped() {
		return (this.flow != null) ? this.flow.dropped() : 0;
	}

}
