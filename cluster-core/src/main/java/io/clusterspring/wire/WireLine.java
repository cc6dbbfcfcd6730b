package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.wire.MalformedFrameException.UnknownFrameException;

/**
 * Connects a feature with the same feature of other nodes, by frames of one kind. Frames
 * that this node sends do not come back to it. Thread-safe.
 */
public final class WireLine implements AutoCloseable {

	private final ClusterTransport transport;

	private final LineMeter meter;

	private final @Nullable Mailbox mailbox;

	private final ByteBudget bytes;

	private final FrameReceiver receiver;

	private final Consumer<WireLine> onClose;

	private volatile long handled;

	private volatile boolean closed;

	WireLine(ClusterTransport transport, LineMeter meter, @Nullable Mailbox mailbox, ByteBudget bytes,
			FrameReceiver receiver, Consumer<WireLine> onClose) {
		this.transport = transport;
		this.meter = meter;
		this.mailbox = mailbox;
		this.bytes = bytes;
		this.receiver = receiver;
		this.onClose = onClose;
	}

	/**
	 * Send a frame to all other nodes. The caller may have to wait as in
	 * {@link ClusterTransport#send}.
	 * @param frame a frame of this line's kind, not to be changed afterwards
	 * @throws PayloadTooLargeException if the frame is too large
	 */
	public void send(byte[] frame) {
		long start = System.nanoTime();
		this.transport.send(frame);
		this.meter.sent(frame.length, System.nanoTime() - start);
	}

	/**
	 * Send a frame to some of the other nodes, as {@link #send(byte[])} does.
	 * @param frame a frame of this line's kind, not to be changed afterwards
	 * @param receivers whether to send to a node of the view, asked once for each
	 * @return whether there was a node to send to
	 * @throws PayloadTooLargeException if the frame is too large
	 */
	public boolean send(byte[] frame, Predicate<? super Node> receivers) {
		long start = System.nanoTime();
		boolean sent = this.transport.send(frame, receivers) > 0;
		if (sent) {
			this.meter.sent(frame.length, System.nanoTime() - start);
		}
		return sent;
	}

	/**
	 * Send a frame to one other node. The caller may have to wait as in
	 * {@link ClusterTransport#send}.
	 * @param frame a frame of this line's kind, not to be changed afterwards
	 * @throws PayloadTooLargeException if the frame is too large
	 */
	public void sendTo(Node node, byte[] frame) {
		long start = System.nanoTime();
		this.transport.sendTo(node, frame);
		this.meter.sent(frame.length, System.nanoTime() - start);
	}

	void receive(Node sender, ByteBuffer body) {
		pass(sender, body.remaining(), () -> take(sender, body));
	}

	// tells the receiver that a frame cannot be read
	void skip(Node sender) {
		pass(sender, 0, () -> unreadable(sender));
	}

	private void pass(Node sender, int size, Runnable frame) {
		if (this.mailbox == null) {
			frame.run();
		}
		else if (!this.bytes.take(size)) {
			dropped(sender);
		}
		else if (!this.mailbox.post(() -> takeNext(frame, size))) {
			this.bytes.give(size);
			dropped(sender);
		}
	}

	private void dropped(Node sender) {
		this.meter.dropped();
		if (!this.closed) {
			this.receiver.dropped(sender);
		}
	}

	private void takeNext(Runnable frame, int size) {
		try {
			frame.run();
		}
		finally {
			this.bytes.give(size);
			this.handled = this.handled + 1; // one thread at a time writes it
		}
	}

	private void take(Node sender, ByteBuffer body) {
		if (this.closed) {
			return;
		}
		try {
			this.receiver.receive(sender, body);
		}
		catch (UnknownFrameException ex) {
			this.meter.unknown(sender, String.valueOf(ex.getMessage()));
			unreadable(sender);
		}
		catch (MalformedFrameException ex) {
			this.meter.malformed(sender, ex);
			unreadable(sender);
		}
		catch (RuntimeException ex) {
			this.meter.failed(sender, ex);
		}
	}

	private void unreadable(Node sender) {
		if (this.closed) {
			return;
		}
		try {
			this.receiver.unreadable(sender);
		}
		catch (RuntimeException | Error ex) {
			this.meter.failed(sender, ex);
		}
	}

	/**
	 * Run a task on the mailbox of the receiver, after the frames that wait there now.
	 * @return {@code false} if the mailbox is full: the task will not run
	 */
	public boolean post(Runnable task) {
		return this.mailbox != null && this.mailbox.post(task);
	}

	/**
	 * Return how many frames and tasks wait in the mailbox of the receiver, counting the
	 * present one.
	 */
	public int waiting() {
		return (this.mailbox != null) ? this.mailbox.size() : 0;
	}

	/**
	 * Return a condition that tells when all frames received so far have been handled.
	 * @return the condition, which becomes true even if more frames arrive
	 */
	public BooleanSupplier caughtUp() {
		long target = waiting() + this.handled;
		return () -> this.handled >= target || waiting() == 0;
	}

	/**
	 * Return how many frames were dropped because too many were waiting.
	 * @return the number since the node has started
	 */
	public long dropped() {
		return this.meter.droppedFrames();
	}

	/** Close the line. No call of its receiver begins after this returns. */
	@Override
	public void close() {
		this.closed = true;
		this.onClose.accept(this);
	}

}
