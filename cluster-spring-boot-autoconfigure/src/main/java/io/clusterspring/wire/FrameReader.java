package io.clusterspring.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.clusterspring.text.Utf8;

/**
 * Reads what {@link FrameWriter} has written. Each length is checked against what is left
 * before anything is allocated, and text has to be well-formed: whatever is wrong is a
 * {@link MalformedFrameException}, and nothing else is thrown.
 */
public final class FrameReader {

	private final ByteBuffer in;

	private FrameReader(ByteBuffer in) {
		this.in = in.duplicate();
	}

	/**
	 * Read the whole body of a frame.
	 * @param <T> the type of what is in it
	 * @param body the body
	 * @param content reads it
	 * @return what is in it
	 * @throws MalformedFrameException if it is cut off or too long, or {@code content}
	 * finds an argument illegal
	 */
	public static <T> T read(ByteBuffer body, Function<FrameReader, T> content) {
		FrameReader reader = new FrameReader(body);
		T value;
		try {
			value = content.apply(reader);
		}
		catch (MalformedFrameException ex) {
			throw ex;
		}
		catch (BufferUnderflowException ex) {
			throw new MalformedFrameException("it is cut off", ex);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedFrameException("something in it cannot be", ex);
		}
		check(!reader.in.hasRemaining(), "it is too long");
		return value;
	}

	/**
	 * Check something about a frame.
	 * @param valid whether it is as it has to be
	 * @param otherwise says what is wrong if it is not
	 * @throws MalformedFrameException if it is not
	 */
	public static void check(boolean valid, String otherwise) {
		if (!valid) {
			throw new MalformedFrameException(otherwise);
		}
	}

	/**
	 * Read a byte.
	 * @return a number from 0 to 255
	 */
	public int octet() {
		return this.in.get() & 0xFF;
	}

	/**
	 * Read a byte that says yes or no.
	 * @return what it says
	 */
	public boolean flag() {
		int octet = octet();
		check(octet <= 1, "a flag is neither 0 nor 1");
		return octet == 1;
	}

	/**
	 * Read a constant, by its ordinal.
	 * @param <T> the type of the constant
	 * @param constants all there are
	 * @return one of them
	 */
	public <T> T oneOf(T[] constants) {
		int ordinal = octet();
		check(ordinal < constants.length, "a constant is unknown");
		return constants[ordinal];
	}

	/**
	 * Read a number of variable length.
	 * @return the number, never negative
	 */
	public long number() {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
			byte next = this.in.get();
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new MalformedFrameException("a number is too long");
	}

	/**
	 * Read a number of variable length that fits an {@code int}.
	 * @return the number, never negative
	 */
	public int smallNumber() {
		long value = number();
		check(value <= Integer.MAX_VALUE, "a number is too large");
		return (int) value;
	}

	/**
	 * Read a number of eight bytes.
	 * @return the number
	 */
	public long longNumber() {
		return this.in.getLong();
	}

	/**
	 * Read a text.
	 * @return the text
	 */
	public String text() {
		int length = length();
		try {
			return Utf8.decode(this.in, length);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedFrameException("a text is no UTF-8", ex);
		}
	}

	/**
	 * Read bytes.
	 * @return the bytes
	 */
	public byte[] bytes() {
		return take(length());
	}

	private int length() {
		long length = number();
		check(length <= this.in.remaining(), "it is cut off");
		return (int) length;
	}

	/**
	 * Read a list.
	 * @param <T> the type of the elements
	 * @param read reads one, of at least one byte
	 * @return the elements
	 */
	public <T> List<T> all(Function<FrameReader, T> read) {
		int count = length();
		List<T> values = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			values.add(read.apply(this));
		}
		return values;
	}

	/**
	 * Read what is left.
	 * @return the bytes to the end of the frame
	 */
	public byte[] rest() {
		return take(this.in.remaining());
	}

	private byte[] take(int length) {
		byte[] bytes = new byte[length];
		this.in.get(bytes);
		return bytes;
	}

}
