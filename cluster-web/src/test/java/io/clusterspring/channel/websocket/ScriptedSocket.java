package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A socket that accepts a number of bytes that a test sets. It records whether two
 * threads call it at once.
 */
class ScriptedSocket implements SocketOutbox.Channel {

	/** The number of bytes that the client still accepts. */
	volatile int room = Integer.MAX_VALUE;

	/** The bytes of each write, without empty writes. */
	final List<String> writes = new ArrayList<>();

	final List<Exception> failures = new ArrayList<>();

	volatile int asked;

	volatile boolean overlapped;

	volatile int offered;

	/** Whether the socket buffers accepted bytes that it could not write yet. */
	volatile boolean keepsSome;

	@Nullable IOException failure;

	@Nullable Runnable duringFirstWrite;

	@Nullable Runnable whileAsking;

	private final AtomicBoolean inside = new AtomicBoolean();

	@Override
	public boolean write(ByteBuffer bytes) throws IOException {
		enter();
		try {
			if (this.failure != null) {
				throw this.failure;
			}
			Runnable first = this.duringFirstWrite;
			this.duringFirstWrite = null;
			if (first != null) {
				first.run();
			}
			this.offered = bytes.remaining();
			return take(bytes);
		}
		finally {
			leave();
		}
	}

	private boolean take(ByteBuffer bytes) {
		int count = Math.min(this.room, bytes.remaining());
		this.room -= count;
		byte[] taken = new byte[count];
		bytes.get(taken);
		if (count > 0) {
			this.writes.add(new String(taken, StandardCharsets.UTF_8));
		}
		return !bytes.hasRemaining() && !this.keepsSome;
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
		return String.join("", this.writes);
	}

	private void enter() {
		this.overlapped |= !this.inside.compareAndSet(false, true);
	}

	private void leave() {
		this.inside.set(false);
	}

}
