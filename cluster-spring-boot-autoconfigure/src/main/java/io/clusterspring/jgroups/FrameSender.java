package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The way of frames into a channel. Who can take a frame at once gets it before any wait
 * for the others, and all waits together end at one deadline.
 */
final class FrameSender {

	private final JChannel channel;

	private final @Nullable NodeFlow flow;

	FrameSender(JChannel channel) {
		this.channel = channel;
		this.flow = channel.getProtocolStack().findProtocol(NodeFlow.class);
	}

	void send(Collection<Address> receivers, byte[] frame) {
		Assert.isTrue(frame.length <= MessageParts.LARGEST_MESSAGE, () -> "A frame of " + frame.length
				+ " bytes is larger than other nodes take: " + MessageParts.LARGEST_MESSAGE);
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
		try {
			this.channel.send(new BytesMessage(receiver, frame));
		}
		catch (Exception ex) {
			if (this.channel.isConnected()) {
				throw new IllegalStateException("Cannot send to " + receiver, ex);
			}
		}
	}

	long dropped() {
		return (this.flow != null) ? this.flow.dropped() : 0;
	}

}
