package io.clusterspring.jgroups;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Address;
import org.jgroups.LongMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UFC;
import org.jgroups.util.Credit;
import org.jgroups.util.MessageBatch;

/**
 * Flow control that slows a publisher down to what the other node takes, but not for the
 * sake of one that takes nothing. JGroups' own waits inside the stack until the other
 * node leaves the view; here a frame is let in first ({@link #admit}) and never waits
 * afterwards, so that it goes as a whole or not at all.
 *
 * <p>
 * A node that has granted nothing for as long as a frame may wait loses frames until it
 * does.
 */
final class NodeFlow extends UFC {

	private static final long REQUEST_MILLIS = 500;

	private static final Log logger = LogFactory.getLog(NodeFlow.class);

	private final LongAdder dropped = new LongAdder();

	private final long patience;

	NodeFlow(long outbox, Duration patience) {
		setId(ClassConfigurator.getProtocolId(UFC.class));
		this.patience = patience.toNanos();
		setMaxCredits(outbox);
		setMinThreshold(0.8);
	}

	/**
	 * Return whether a frame may go now.
	 * @param to the receiver
	 * @return {@code false} if it would have to wait
	 */
	boolean isOpen(Address to) {
		return !(this.sent.get(to) instanceof Outbox outbox) || outbox.isOpen();
	}

	/**
	 * Wait until a frame may go.
	 * @param to the receiver
	 * @param deadline when to give up, as {@link System#nanoTime()}
	 * @return {@code false} if it may not and is lost
	 */
	boolean admit(Address to, long deadline) {
		if (!(this.sent.get(to) instanceof Outbox outbox)) {
			return true;
		}
		if (outbox.await(deadline)) {
			return true;
		}
		this.dropped.increment();
		if (outbox.isNewsThatItIsStuck()) {
			logger.warn(
					AddressBook.nodeOf(to) + " takes nothing; it loses messages until it does or is found to be gone");
		}
		if (outbox.needToSendCreditRequest(REQUEST_MILLIS)) {
			sendCreditRequest(to, this.max_credits - outbox.get());
		}
		return false;
	}

	long deadline() {
		return System.nanoTime() + this.patience;
	}

	/**
	 * Return how many frames were lost, each counted once for each node that did not take
	 * it.
	 * @return the number of frames
	 */
	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Asks behind the frames, so that the answer, which grants everything, means that
	 * they were taken. Needed after a node came back that had counted on.
	 */
	@Override
	protected void sendCreditRequest(Address to, long needed) {
		this.down_prot.down(new LongMessage(to, needed).putHeader(this.id, getCreditRequestHeader())
			.setFlag(Message.TransientFlag.DONT_BLOCK));
		this.num_credit_requests_sent++;
	}

	/**
	 * Grants as messages are taken, where a batch would be granted as a whole: by the
	 * time a slow node has taken one, the publisher may have given up.
	 */
	@Override
	public void up(MessageBatch batch) {
		batch.forEach(this::up);
	}

	@Override
	@SuppressWarnings("unchecked")
	protected <T extends Credit> T createCredit(int credits) {
		return (T) new Outbox(credits);
	}

	/**
	 * The credits of one receiver. Less than none are left when a frame larger than they
	 * were was let in.
	 */
	private final class Outbox extends Credit {

		private long stalledAt;

		private boolean stalled;

		private volatile boolean open = true;

		private boolean told;

		Outbox(long credits) {
			super(credits);
		}

		boolean isOpen() {
			return this.open;
		}

		boolean await(long deadline) {
			this.lock.lock();
			try {
				while (this.credits_left <= 0 && !this.done) {
					long left = Math.min(deadline, stalledUntil()) - System.nanoTime();
					if (left <= 0 || this.credits_available.awaitNanos(left) <= 0) {
						return this.credits_left > 0;
					}
				}
				return !this.done;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
			finally {
				this.lock.unlock();
			}
		}

		boolean isNewsThatItIsStuck() {
			this.lock.lock();
			try {
				boolean news = this.stalled && !this.told;
				this.told = this.stalled;
				return news;
			}
			finally {
				this.lock.unlock();
			}
		}

		// every frame looks, which the lock is too dear for
		private void note() {
			boolean now = this.credits_left > 0;
			if (this.open != now) {
				this.open = now;
			}
		}

		private long stalledUntil() {
			if (!this.stalled) {
				this.stalled = true;
				this.stalledAt = System.nanoTime();
			}
			return this.stalledAt + NodeFlow.this.patience;
		}

		@Override
		public boolean decrementIfEnoughCredits(Message message, int credits, long timeout) {
			this.lock.lock();
			try {
				this.credits_left -= credits;
				note();
				return true;
			}
			finally {
				this.lock.unlock();
			}
		}

		@Override
		public void increment(long credits, long max) {
			this.lock.lock();
			try {
				super.increment(credits, max);
				note();
				this.stalled &= this.credits_left <= 0;
				this.told &= this.stalled;
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
