package io.clusterspring.failover;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import org.springframework.util.Assert;

/**
 * What nodes say to each other about applications.
 */
sealed interface FailoverFrame {

	/** The version of the format, first in every frame. */
	int VERSION = 1;

	/**
	 * Return the frame as it crosses.
	 * @return the encoded frame
	 */
	default byte[] encode() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			write(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Write the kind of the frame and what is in it.
	 * @param out where to write
	 * @throws IOException if a name is too long
	 */
	void write(DataOutputStream out) throws IOException;

	/**
	 * Read a frame.
	 * @param frame what {@link #encode()} gave
	 * @return the frame
	 * @throws IllegalArgumentException if it is anything else, or of another version
	 */
	static FailoverFrame decode(ByteBuffer frame) {
		byte[] bytes = new byte[frame.remaining()];
		frame.duplicate().get(bytes);
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			int version = in.readByte();
			Assert.isTrue(version == VERSION, () -> "Unknown frame version " + version);
			int kind = in.readByte();
			return switch (kind) {
				case 0 -> new Ask(in.readLong(), in.readLong());
				case 1 -> new State(ReportCodec.read(in));
				case 2 -> new Permit(in.readUTF(), in.readBoolean());
				default -> throw new IllegalArgumentException("Unknown kind of frame " + kind);
			};
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The frame is cut off or garbled", ex);
		}
	}

	/**
	 * The sender wants to know the state of the receiver.
	 *
	 * @param incarnation the life of the sender
	 * @param question what the answer is to name
	 */
	record Ask(long incarnation, long question) implements FailoverFrame {

		@Override
		public void write(DataOutputStream out) throws IOException {
			out.writeByte(0);
			out.writeLong(this.incarnation);
			out.writeLong(this.question);
		}

	}

	/**
	 * The state of the sender.
	 *
	 * @param report the state
	 */
	record State(NodeReport report) implements FailoverFrame {

		@Override
		public void write(DataOutputStream out) throws IOException {
			out.writeByte(1);
			ReportCodec.write(this.report, out);
		}

	}

	/**
	 * The receiver is to permit or forbid itself an application.
	 *
	 * @param application its name
	 * @param permitted whether it is permitted
	 */
	record Permit(String application, boolean permitted) implements FailoverFrame {

		@Override
		public void write(DataOutputStream out) throws IOException {
			out.writeByte(2);
			out.writeUTF(this.application);
			out.writeBoolean(this.permitted);
		}

	}

}
