package io.clusterspring.jgroups.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import org.jgroups.Address;
import org.jgroups.JChannel;

/**
 * The way of large frames into a channel: in pieces, each of which goes when the receiver
 * has room for it, as Erlang sends large messages since OTP 22. The thread that sends
 * waits until the last pieces are on their way, for all receivers at once: one that is
 * slow, or takes nothing, does not hold up the others. Each of them may take as long as
 * it likes, as long as it goes on taking. Thread-safe.
 */
record PieceSender(JChannel channel, NodeFlow flow, NodeFragments fragments) {

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

	/**
	 * A large frame on its way to one node: how many of its pieces have gone, and whether
	 * the next may go. Not thread-safe.
	 */
	static final class PieceTransfer {

		/**
		 * After how long without room beside small frames a piece competes with them, in
		 * nanoseconds: a flood of them would leave no room for ever.
		 */
		static final long IMPATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

		private final Outbox outbox;

		private final int count;

		private final IntConsumer send;

		private final Runnable lost;

		private long since = System.nanoTime();

		private int next;

		private boolean over;

		PieceTransfer(Outbox outbox, int count, IntConsumer send, Runnable lost) {
			this.outbox = outbox;
			this.count = count;
			this.send = send;
			this.lost = lost;
		}

		// whether anything has changed
		boolean advance() {
			if (this.outbox.isOver()) {
				end();
				return true;
			}
			if (!this.outbox.isTurnOf(this)) {
				return false;
			}
			boolean moved = false;
			while (this.next < this.count && this.outbox.hasRoom(!isImpatient())) {
				this.send.accept(this.next++);
				this.since = System.nanoTime();
				moved = true;
			}
			if (this.next == this.count) {
				end();
			}
			return moved;
		}

		private boolean isImpatient() {
			return System.nanoTime() - this.since > IMPATIENCE;
		}

		// none if the node has taken nothing for too long: the transfer is over then
		long patienceLeft() {
			long left = this.outbox.patienceLeft();
			if (left == 0) {
				giveUp();
			}
			return left;
		}

		boolean isOver() {
			return this.over;
		}

		void giveUp() {
			if (!this.over) {
				end();
				this.lost.run();
			}
		}

		private void end() {
			this.over = true;
			this.outbox.endTurn(this);
		}

	}

}
