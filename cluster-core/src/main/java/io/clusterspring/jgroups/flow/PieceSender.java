package io.clusterspring.jgroups.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.JChannel;

/**
 * The way of large frames into a channel: in pieces, each of which goes when the receiver
 * has room for it, as Erlang sends large messages since OTP 22. The thread that sends
 * waits until the last pieces are on their way, for all receivers at once: one that is
 * slow, or takes nothing, does not hold up the others. Each of them may take as long as
 * it likes, as long as it goes on taking. Thread-safe.
 */
final class PieceSender {

	private final JChannel channel;

	private final NodeFlow flow;

	private final NodeFragments fragments;

	PieceSender(JChannel channel, NodeFlow flow, NodeFragments fragments) {
		this.channel = channel;
		this.flow = flow;
		this.fragments = fragments;
	}

	void send(Collection<Address> receivers, byte[] frame) {
		long id = this.fragments.newMessage();
		List<PieceTransfer> open = new ArrayList<>();
		for (Address receiver : receivers) {
			Outbox outbox = this.flow.outbox(receiver);
			if (outbox != null) {
				open.add(new PieceTransfer(outbox, MessageParts.count(frame.length),
						(index) -> FrameSender.send(this.channel, this.fragments.part(receiver, id, frame, index)),
						() -> lose(receiver, outbox, id)));
			}
		}
		try {
			send(open);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			open.forEach(PieceTransfer::giveUp);
		}
	}

	private void send(List<PieceTransfer> open) throws InterruptedException {
		Progress progress = this.flow.progress();
		while (!open.isEmpty()) {
			long seen = progress.count();
			boolean moved = false;
			for (PieceTransfer transfer : open) {
				moved |= transfer.advance();
			}
			open.removeIf(PieceTransfer::isOver);
			if (!moved && !open.isEmpty()) {
				progress.await(seen, patienceLeft(open));
				open.removeIf(PieceTransfer::isOver);
			}
		}
	}

	private static long patienceLeft(List<PieceTransfer> open) {
		long least = PieceTransfer.IMPATIENCE;
		for (PieceTransfer transfer : open) {
			least = Math.min(least, transfer.patienceLeft());
		}
		return least;
	}

	private void lose(Address receiver, Outbox outbox, long id) {
		this.flow.lost(receiver, outbox);
		try {
			FrameSender.send(this.channel, this.fragments.end(receiver, id));
		}
		catch (RuntimeException ex) {
			// the receiver forgets the frame when it needs the room
		}
	}

}
