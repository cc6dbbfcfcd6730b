package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.clusterspring.interleaving.Interleavings;

/**
 * Tests for {@link SocketOutbox} with all interleavings of its threads.
 */
class SocketOutboxInterleavingTests {

	@Test
	void everyByteIsWrittenOnceAndInTheOrderOfItsThread() {
		Interleavings.explore(() -> {
			Wire wire = new Wire(Integer.MAX_VALUE);
			SocketOutbox outbox = new SocketOutbox(wire, 100);
			Interleavings.together(() -> {
				outbox.offer(bytes("ab"));
				outbox.offer(bytes("c"));
			}, () -> outbox.offer(bytes("z")));
			Interleavings.check(wire.written.replace("z", "").equals("abc") && wire.written.length() == 4,
					"not what was offered");
			Interleavings.check(outbox.isIdle() && outbox.size() == 0, "it does not know that nothing waits");
		});
	}

	@Test
	void slowSocketGetsTheRestWhenItIsWritable() {
		Interleavings.explore(() -> {
			Wire wire = new Wire(1);
			SocketOutbox outbox = new SocketOutbox(wire, 100);
			Interleavings.together(() -> {
				outbox.offer(bytes("ab"));
				outbox.offer(bytes("c"));
			}, () -> wire.goOn(outbox));
			while (wire.goOn(outbox)) {
				Interleavings.check(wire.written.length() <= 3, "it writes bytes that were not offered");
			}
			Interleavings.check(wire.written.equals("abc") && outbox.isIdle() && outbox.size() == 0, "bytes are stuck");
		});
	}

	@Test
	void replacingBytesAreWrittenLast() {
		Interleavings.explore(() -> {
			Wire wire = new Wire(Integer.MAX_VALUE);
			SocketOutbox outbox = new SocketOutbox(wire, 100);
			Interleavings.together(() -> {
				outbox.offer(bytes("a"));
				outbox.replaceBy(bytes("!"));
			}, () -> outbox.offer(bytes("z")));
			Interleavings.check(wire.written.indexOf('a') < wire.written.indexOf('!'),
					"the last bytes are lost or too early");
			Interleavings.check(outbox.isIdle() && outbox.size() == 0, "it does not know that nothing waits");
		});
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes());
	}

	/**
	 * A socket that accepts a limited number of bytes in each write.
	 */
	private static final class Wire implements SocketOutbox.Channel {

		private final int most;

		private final AtomicBoolean awaited = new AtomicBoolean();

		private String written = "";

		Wire(int most) {
			this.most = most;
		}

		boolean goOn(SocketOutbox outbox) {
			boolean goesOn = this.awaited.compareAndSet(true, false);
			if (goesOn) {
				outbox.writable();
			}
			return goesOn;
		}

		@Override
		public boolean write(ByteBuffer bytes) {
			for (int i = 0; i < this.most && bytes.hasRemaining(); i++) {
				this.written = this.written + (char) bytes.get();
			}
			return !bytes.hasRemaining();
		}

		@Override
		public void awaitWritable() {
			this.awaited.set(true);
		}

		@Override
		public void failed(Exception failure) {
			throw new IllegalStateException(failure);
		}

	}

}
