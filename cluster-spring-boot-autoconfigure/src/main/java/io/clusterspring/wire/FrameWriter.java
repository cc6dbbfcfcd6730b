package io.clusterspring.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.function.BiConsumer;

import io.clusterspring.text.Utf8;

/**
 * Writes a frame that {@link FrameReader} reads: integers of variable length, seven bits
 * in each byte, the lowest first, and texts in UTF-8 after their length.
 */
public final class FrameWriter {

	private static final int INITIAL_SIZE = 256;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_SIZE);

	/**
	 * Begin a frame.
	 * @param kind what it is
	 */
	public FrameWriter(FrameKind kind) {
		octet(kind.code()).octet(kind.version());
	}

	/**
	 * Write a byte.
	 * @param value a number from 0 to 255
	 * @return this writer
	 */
	public FrameWriter octet(int value) {
		this.out.write(value);
		return this;
	}

	/**
	 * Write a byte that says yes or no.
	 * @param value what it says
	 * @return this writer
	 */
	public FrameWriter flag(boolean value) {
		return octet(value ? 1 : 0);
	}

	/**
	 * Write a number that is mostly small.
	 * @param value the number
	 * @return this writer
	 */
	public FrameWriter number(long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.out.write((int) (rest & 0x7F | 0x80));
			rest >>>= 7;
		}
		this.out.write((int) rest);
		return this;
	}

	/**
	 * Write a number that may be anything, in eight bytes.
	 * @param value the number
	 * @return this writer
	 */
	public FrameWriter longNumber(long value) {
		this.out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
		return this;
	}

	/**
	 * Write a text.
	 * @param text the text
	 * @return this writer
	 * @throws IllegalArgumentException if the text is not well-formed
	 */
	public FrameWriter text(String text) {
		return bytes(Utf8.encode("Text", text));
	}

	/**
	 * Write bytes, after how many they are.
	 * @param bytes the bytes
	 * @return this writer
	 */
	public FrameWriter bytes(byte[] bytes) {
		return number(bytes.length).rest(bytes);
	}

	/**
	 * Write a list, after how many elements it has.
	 * @param <T> the type of the elements
	 * @param values the elements
	 * @param write writes one
	 * @return this writer
	 */
	public <T> FrameWriter all(Collection<T> values, BiConsumer<FrameWriter, T> write) {
		number(values.size());
		values.forEach((value) -> write.accept(this, value));
		return this;
	}

	/**
	 * Write what ends with the frame.
	 * @param bytes the bytes
	 * @return this writer
	 */
	public FrameWriter rest(byte[] bytes) {
		this.out.writeBytes(bytes);
		return this;
	}

	/**
	 * Return the frame.
	 * @return the header and all that was written
	 */
	public byte[] frame() {
		return this.out.toByteArray();
	}

}
