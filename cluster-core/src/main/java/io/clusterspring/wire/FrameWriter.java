package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

import io.clusterspring.text.Utf8;

/**
 * Writes a frame for {@link FrameReader}: integers of variable length, seven bits in each
 * byte, the lowest bits first; texts in UTF-8 after their length. A writer must not be
 * used after {@link #frame()}. Not thread-safe.
 */
public final class FrameWriter {

	private static final int INITIAL_SIZE = 256;

	private byte[] out;

	private int length;

	/** Begin a frame. */
	public FrameWriter(FrameKind kind) {
		this(kind, INITIAL_SIZE);
	}

	/**
	 * Begin a frame with a body of a known size. If the body gets exactly this size, the
	 * frame is not copied.
	 * @param body the size of its body in bytes
	 */
	public FrameWriter(FrameKind kind, int body) {
		this.out = new byte[FrameKind.HEADER + body];
		octet(kind.code()).octet(kind.version());
	}

	/**
	 * Return the size of bytes or a text together with their length.
	 * @param length the length of the bytes, or of the text in UTF-8
	 */
	public static int sizeOf(int length) {
		return numberSize(length) + length;
	}

	/**
	 * Return the size of a number.
	 * @param number the number, not negative
	 */
	public static int numberSize(long number) {
		return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 6) / 7);
	}

	/**
	 * Write a byte.
	 * @param value a number from 0 to 255
	 */
	public FrameWriter octet(int value) {
		reserve(1);
		this.out[this.length++] = (byte) value;
		return this;
	}

	/**
	 * Write a byte that is 0 or 1.
	 * @param value {@code true} for 1
	 */
	public FrameWriter flag(boolean value) {
		return octet(value ? 1 : 0);
	}

	/**
	 * Write a number in one to nine bytes, fewer for small numbers.
	 * @param value the number, not negative
	 */
	public FrameWriter number(long value) {
		int size = numberSize(value);
		reserve(size);
		this.length = put(value, size, this.length);
		return this;
	}

	private int put(long value, int size, int at) {
		long rest = value;
		for (int i = 0; i < size - 1; i++) {
			this.out[at + i] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.out[at + size - 1] = (byte) rest;
		return at + size;
	}

	/** Write any number, in eight bytes. */
	public FrameWriter longNumber(long value) {
		return rest(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
	}

	/**
	 * Write a text.
	 * @throws IllegalArgumentException if the text is not well-formed
	 */
	public FrameWriter text(String text) {
		return bytes(Utf8.encode("Text", text));
	}

	/** Write bytes after their number. */
	public FrameWriter bytes(byte[] bytes) {
		return number(bytes.length).rest(bytes);
	}

	/**
	 * Write a list after its size. The elements, such as texts, can never get more
	 * fields.
	 */
	public <T> FrameWriter all(Collection<T> values, BiConsumer<FrameWriter, T> write) {
		number(values.size());
		values.forEach((value) -> write.accept(this, value));
		return this;
	}

	/**
	 * Write a list of records after its size, and each record after its length. A later
	 * release may add fields at the end of a record.
	 * @param write writes one element
	 */
	public <T> FrameWriter records(Collection<T> values, BiConsumer<FrameWriter, T> write) {
		return all(values, (to, value) -> record(() -> write.accept(this, value)));
	}

	private void record(Runnable content) {
		int start = this.length;
		content.run();
		int written = this.length - start;
		int size = numberSize(written);
		reserve(size);
		System.arraycopy(this.out, start, this.out, start + size, written);
		put(written, size, start);
		this.length += size;
	}

	/** Write bytes that end with the frame. */
	public FrameWriter rest(byte[] bytes) {
		return rest(bytes, 0, bytes.length);
	}

	/** Write a part of an array, which ends with the frame. */
	public FrameWriter rest(byte[] bytes, int offset, int count) {
		reserve(count);
		System.arraycopy(bytes, offset, this.out, this.length, count);
		this.length += count;
		return this;
	}

	private void reserve(int more) {
		if (more > this.out.length - this.length) {
			this.out = Arrays.copyOf(this.out, Math.max(Math.addExact(this.length, more), 2 * this.length));
		}
	}

	/** Return the header and the body. */
	public byte[] frame() {
		return (this.length == this.out.length) ? this.out : Arrays.copyOf(this.out, this.length);
	}

}
