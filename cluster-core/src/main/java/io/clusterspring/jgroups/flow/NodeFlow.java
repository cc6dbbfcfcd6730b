package io.clusterspring.jgroups.flow;

import java.time.Duration;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.MemberAddress;

/**
 * Flow control that slows a publisher down to what the other node takes, but not for the
 * sake of one that takes nothing: a frame is let in first ({@link #admit}) and never
 * waits afterwards, so that it goes as a whole or not at all. Large frames are let in
 * piece by piece, by {@link PieceSender}.
 *
 * <p>
 * Replaces the waiting of UFC, which blocks the sender until the other node has left (not
 * reported yet: docs/upstream.md#flow-control-that-blocks). This can go once UFC can
 * reject a message instead.
 */
final class NodeFlow extends UFC {

	private static final long REQUEST_MILLIS = 500;

	private static final Log logger = LogFactory.getLog(NodeFlow.class);

	// the pieces of large frames, save the last ones
	private static final int LARGE = MessageParts.PART / 2;

	private final LongAdder dropped = new LongAdder();

	private final Progress progress = new Progress();

	private final long patience;

	NodeFlow(long outbox, Duration patience) {
		setId(ClassConfigurator.getProtocolId(UFC.class));
		this.patience = patience.toNanos();
		setMaxCredits(outbox);
		setMinThreshold(0.8);
	}

	boolean isOpen(Address to) {
		return !(this.sent.get(to) instanceof Outbox outbox) || outbox.isOpen();
	}

	// false if it may not go and is lost
	boolean admit(Address to, long deadline) {
		if (!(this.sent.get(to) instanceof Outbox outbox) || outbox.await(deadline)) {
			return true;
		}
		lost(to, outbox);
		return false;
	}

	void lost(Address to, Outbox outbox) {
		this.dropped.increment();
		if (outbox.isNewsThatItIsStuck()) {
			logger.warn(MemberAddress.nodeOf(to)
					+ " takes nothing; it loses messages until it does or is found to be gone");
		}
		if (outbox.needToSendCreditRequest(REQUEST_MILLIS)) {
			sendCreditRequest(to, this.max_credits - outbox.get());
		}
	}

	long deadline() {
		return System.nanoTime() + this.patience;
	}

	// each counted once for each node that did not take it
	long dropped() {
		return this.dropped.sum();
	}

	// asks behind the frames, so that the answer, which grants everything, means that
	// they were taken; needed after a node came back that had counted on
	@Override
	protected void sendCreditRequest(Address to, long needed) {
		this.down_prot.down(new LongMessage(to, needed).putHeader(this.id, getCreditRequestHeader())
			.setFlag(Message.TransientFlag.DONT_BLOCK));
		this.num_credit_requests_sent++;
	}

	// grants as messages are taken, where a batch would be granted as a whole: by the
	// time a slow node has taken one, the publisher may have given up
	@Override
	public void up(MessageBatch batch) {
		batch.forEach(this::up);
	}

	// grants more often what comes in pieces: a node at the end of a slow line, which has
	// to share it, is seen to take them
	@Override
	protected long adjustCredit(Map<Address, Credit> map, @Nullable Address sender, int length) {
		Credit credit = (length >= LARGE && sender != null) ? map.get(sender) : null;
		return (credit != null)
				? credit.decrementAndGet(length, this.max_credits - this.max_credits / 20, this.max_credits)
				: super.adjustCredit(map, sender, length);
	}

	@Override
	@SuppressWarnings("unchecked")
	protected <T extends Credit> T createCredit(int credits) {
		return (T) new Outbox(credits, this.patience, this.progress);
	}

	@Nullable Outbox outbox(Address to) {
		return (this.sent.get(to) instanceof Outbox outbox) ? outbox : null;
	}

	Progress progress() {
		return this.progress;
	}

}
