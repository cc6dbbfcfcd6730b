package io.clusterspring.jgroups.frame;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.util.Arrays;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;
import io.clusterspring.PayloadLimit;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.flow.PartBounds;

/**
 * The way of what other nodes send into the engine: it is read as a whole, no more than
 * is there, and passes the {@link FrameWall} or is counted. Thread-safe.
 *
 * <p>
 * Replaces the reading of a frame by TCP, with {@link FrameWall} for what is in it
 * (docs/upstream.md#objects-before-trust). This can go once a channel can be told which
 * messages and headers it takes, and a length is checked against what is there.
 */
public final class FrameDoor {

	/**
	 * The largest frame between nodes, which send larger messages in parts. Views of
	 * thousands of nodes fit into it.
	 */
	static final int LARGEST = 1 << 20;

	/** A door that nothing passes. */
	public static final FrameDoor CLOSED = new FrameDoor(new FrameWall(new HeaderTable(List.of()), PartBounds.NONE),
			new RefusedFrames(), 0);

	private static final int STEP = 1 << 16;

	private final FrameWall wall;

	private final RefusedFrames refused;

	private final int largest;

	FrameDoor(FrameWall wall, RefusedFrames refused, int largest) {
		this.wall = wall;
		this.refused = refused;
		this.largest = largest;
	}

	// into a stack that is complete, with the protocols that a user has added
	public static void install(ProtocolStack stack, RefusedFrames refused, PayloadLimit limit) {
		TP transport = stack.getTransport();
		if (!(transport instanceof Guarded)) {
			throw new UncheckedProtocolException(transport.getName());
		}
		FrameWall wall = new FrameWall(new HeaderTable(stack.getProtocols()), PartBounds.of(stack, limit));
		FrameDoor door = new FrameDoor(wall, refused, largest(transport));
		for (Protocol protocol : stack.getProtocols()) {
			if (protocol instanceof Guarded guarded) {
				guarded.guard(door);
			}
		}
	}

	private static int largest(TP transport) {
		return (transport instanceof TCP tcp && tcp.getMaxLength() > 0) ? tcp.getMaxLength() : LARGEST;
	}

	// throws if the connection cannot go on: it was broken, or says what no node does,
	// and where the next frame begins is not known
	public void pass(Address sender, DataInput in, int length, Engine engine) throws Exception {
		byte[] frame = read(sender, in, length);
		if (frame != null) {
			engine.receive(sender, new ByteArrayDataInputStream(frame), length);
		}
	}

	// null if it is not for the engine
	public byte @Nullable [] read(Address sender, DataInput in, int length) throws IOException {
		byte[] frame = readAll(sender, in, length);
		return admits(sender, frame, 0, length) ? frame : null;
	}

	// a message that says nothing of its type
	void passMessage(Address sender, DataInput in, int length, int type, Engine engine) throws Exception {
		byte[] message = readAll(sender, in, length);
		if (admits(sender, () -> this.wall.checkMessage(message, length, type))) {
			engine.receive(sender, new ByteArrayDataInputStream(message), length);
		}
	}

	private byte[] readAll(Address sender, DataInput in, int length) throws IOException {
		if (length <= 0 || length > this.largest) {
			this.refused.add(FrameRefusal.SIZE, sender, length + " bytes");
			// the engine logs nothing then, which has been done here
			throw new EOFException("frame of " + length + " bytes");
		}
		return read(in, length);
	}

	private static byte[] read(DataInput in, int length) throws IOException {
		byte[] bytes = new byte[Math.min(length, STEP)];
		in.readFully(bytes);
		while (bytes.length < length) {
			int before = bytes.length;
			bytes = Arrays.copyOf(bytes, Math.min(length, 2 * before));
			in.readFully(bytes, before, bytes.length - before);
		}
		return bytes;
	}

	// counts it if not
	public boolean admits(@Nullable Object sender, byte[] frame, int offset, int length) {
		return admits(sender, () -> this.wall.check(frame, offset, length));
	}

	// anybody may have sent it
	public boolean admits(DatagramPacket packet) {
		return admits(packet.getSocketAddress(), () -> this.wall.checkDiscovery(packet.getData(), packet.getLength()));
	}

	private boolean admits(@Nullable Object sender, Check check) {
		try {
			check.run();
			return true;
		}
		catch (RefusedFrameException ex) {
			this.refused.add(ex.reason(), sender, ex.getMessage());
			return false;
		}
	}

	/** A protocol that lets in no more than its door admits. */
	public interface Guarded {

		void guard(FrameDoor door);

	}

	/** Hands a frame to the engine. */
	@FunctionalInterface
	public interface Engine {

		void receive(Address sender, DataInput frame, int length) throws Exception;

	}

	private interface Check {

		void run() throws RefusedFrameException;

	}

	/**
	 * A protocol of the stack has messages of its own that this node does not know, and
	 * so cannot check before the engine reads them.
	 */
	public static final class UncheckedProtocolException extends RuntimeException {

		UncheckedProtocolException(String protocol) {
			super("Protocol " + protocol + " has messages that cannot be checked before they are read: leave it out "
					+ "(cluster.cookie and cluster.ssl.bundle stand in for AUTH, SYM_ENCRYPT and ASYM_ENCRYPT, FD_SOCK2 for FD_SOCK)");
		}

	}

}
