package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of an outbox with a {@link SocketSender}. Bytes count as waiting
 * until the sender has completed them. So a client that does not read is detected even if
 * the server buffers frames.
 */
final class SenderChannel implements SocketOutbox.Channel, SocketSender.Completion {

	private final SocketSender sender;

	private final Runnable writable;

	private final Consumer<Exception> failed;

	private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.IDLE);

	private volatile @Nullable Throwable failure;

	// used by the writing thread only
	private int underway;

	/**
	 * Create a channel.
	 * @param writable called when the sender accepts more frames
	 * @param failed called when the connection is broken
	 */
	SenderChannel(SocketSender sender, Runnable writable, Consumer<Exception> failed) {
		this.sender = sender;
		this.writable = writable;
		this.failed = failed;
	}

	@Override
	public boolean write(ByteBuffer bytes) throws IOException {
		if (this.underway > 0) {
			take(bytes);
		}
		while (bytes.hasRemaining()) {
			this.progress.set(Progress.SENDING);
			this.underway = this.sender.send(bytes.duplicate(), this);
			if (this.progress.get() != Progress.DONE) {
				return false;
			}
			take(bytes);
		}
		return true;
	}

	private void take(ByteBuffer bytes) throws IOException {
		Throwable cause = this.failure;
		if (cause != null) {
			throw new IOException("Frames were not sent", cause);
		}
		bytes.position(bytes.position() + this.underway);
		this.underway = 0;
	}

	@Override
	public void awaitWritable() {
		if (!this.progress.compareAndSet(Progress.SENDING, Progress.AWAITED)) {
			this.writable.run();
		}
	}

	@Override
	public void sent() {
		if (this.progress.getAndSet(Progress.DONE) == Progress.AWAITED) {
			this.writable.run();
		}
	}

	@Override
	public void failed(Throwable failure) {
		this.failure = failure;
		sent();
	}

	@Override
	public void failed(Exception failure) {
		this.failed.accept(failure);
	}

	private enum Progress {

		IDLE, SENDING, AWAITED, DONE

	}

}
