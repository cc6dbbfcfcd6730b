package io.clusterspring.channel.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A socket that takes as many bytes as a test lets it. It notes when two threads are
 * inside at once.
 */
class ScriptedSocket implements SocketOutbox.Channel {

	/** How many bytes the client still takes. */
	volatile int room = Integer.MAX_VALUE;

	/** What each flush has put on the wire, without those that had nothing to write. */
	final List<String> flushes = new ArrayList<>();

	final List<Exception> failures = new ArrayList<>();

	volatile int asked;

	volatile boolean overlapped;

	@Nullable IOException writeFailure;

	@Nullable RuntimeException flushFailure;

	@Nullable Runnable duringFirstWrite;

	@Nullable Runnable whileAsking;

	private final AtomicBoolean inside = new AtomicBoolean();

	private ByteArrayOutputStream buffer = new ByteArrayOutputStream();

	@Override
	public void write(ByteBuffer bytes) throws IOException {
		enter();
		if (this.writeFailure != null) {
			leave();
			throw this.writeFailure;
		}
		Runnable first = this.duringFirstWrite;
		this.duringFirstWrite = null;
		if (first != null) {
			first.run();
		}
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(copy);
		this.buffer.writeBytes(copy);
		leave();
	}

	@Override
	public boolean flush() {
		enter();
		if (this.flushFailure != null) {
			leave();
			throw this.flushFailure;
		}
		byte[] bytes = this.buffer.toByteArray();
		int count = Math.min(this.room, bytes.length);
		this.room -= count;
		if (count > 0) {
			this.flushes.add(new String(bytes, 0, count, StandardCharsets.UTF_8));
		}
		this.buffer = new ByteArrayOutputStream();
		this.buffer.write(bytes, count, bytes.length - count);
		boolean flushed = this.buffer.size() == 0;
		leave();
		return flushed;
	}

	@Override
	public void awaitWritable() {
		this.asked++;
		Runnable asking = this.whileAsking;
		this.whileAsking = null;
		if (asking != null) {
			asking.run();
		}
	}

	@Override
	public void failed(Exception failure) {
		this.failures.add(failure);
	}

	String written() {
		return String.join("", this.flushes);
	}

	int buffered() {
		return this.buffer.size();
	}

	private void enter() {
		this.overlapped |= !this.inside.compareAndSet(false, true);
	}

	private void leave() {
		this.inside.set(false);
	}

}
