package io.clusterspring.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;
import io.clusterspring.wire.MalformedFrameException.UnknownFrameException;

/**
 * Reads frames of {@link FrameWriter}. Each length is checked against the bytes that are
 * left before memory is allocated, and text must be well-formed UTF-8. Every error is a
 * {@link MalformedFrameException}. Not thread-safe.
 */
public final class FrameReader {

	private final ByteBuffer in;

	private FrameReader(ByteBuffer in) {
		this.in = in.duplicate();
	}

	/**
	 * Read the body of a frame. Bytes that {@code content} does not read are skipped: a
	 * later release may have added them.
	 * @throws MalformedFrameException if the frame is cut off, or {@code content} throws
	 * an {@code IllegalArgumentException}
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
			throw new MalformedFrameException("a value in it is not valid", ex);
		}
		return value;
	}

	/**
	 * Check a condition that a frame must meet.
	 * @param valid whether the frame meets it
	 * @param otherwise the message if not
	 * @throws MalformedFrameException if not
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

	/** Read a byte that is 0 or 1. */
	public boolean flag() {
		int octet = octet();
		check(octet <= 1, "a flag is neither 0 nor 1");
		return octet == 1;
	}

	/**
	 * Read a constant, by its ordinal.
	 * @param constants all that this node knows
	 * @param unknown the result for a constant of a later release
	 */
	public <T> T oneOf(T[] constants, T unknown) {
		int ordinal = octet();
		return (ordinal < constants.length) ? constants[ordinal] : unknown;
	}

	/**
	 * Read a constant that decides what the frame is.
	 * @param constants all that this node knows
	 * @throws UnknownFrameException if the constant is of a later release
	 */
	public <T> T oneOf(T[] constants) {
		int ordinal = octet();
		if (ordinal >= constants.length) {
			throw unknown(ordinal);
		}
		return constants[ordinal];
	}

	public static UnknownFrameException unknown(int sort) {
		return new UnknownFrameException("sort " + sort);
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

	/** Read a number of eight bytes. */
	public long longNumber() {
		return this.in.getLong();
	}

	/** Read a text. */
	public String text() {
		int length = length();
		try {
			return Utf8.decode(this.in, length);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedFrameException("a text is not UTF-8", ex);
		}
	}

	/**
	 * Read a text of limited length.
	 * @param most the largest number of bytes
	 */
	public String text(int most) {
		this.in.mark();
		check(number() <= most, "a name is too long");
		this.in.reset();
		return text();
	}

	/** Read bytes. */
	public byte[] bytes() {
		return take(length());
	}

	private int length() {
		long length = number();
		check(length <= this.in.remaining(), "it is cut off");
		return (int) length;
	}

	/**
	 * Read a list whose elements never get more fields.
	 * @param read reads one element, of at least one byte
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
	 * Read a list of records. In each record, bytes after the known fields are skipped.
	 * @param read reads one record, and returns {@code null} to leave it out
	 */
	public <T> List<T> records(Function<FrameReader, @Nullable T> read) {
		List<T> known = new ArrayList<>();
		for (int left = length(); left > 0; left--) {
			T value = record(read);
			if (value != null) {
				known.add(value);
			}
		}
		return known;
	}

	private <T> @Nullable T record(Function<FrameReader, @Nullable T> read) {
		int length = length();
		int limit = this.in.limit();
		int end = this.in.position() + length;
		this.in.limit(end);
		T value = read.apply(this);
		this.in.limit(limit).position(end);
		return value;
	}

	/**
	 * Return whether bytes are left in the record, or else in the frame. A node of an
	 * earlier release does not write fields that were added later.
	 */
	public boolean hasMore() {
		return this.in.hasRemaining();
	}

	/**
	 * Read the bytes that are left.
	 * @return the bytes to the end of the frame
	 */
	public byte[] rest() {
		return take(this.in.remaining());
	}

	/**
	 * Read the bytes that are left, without a copy.
	 * @return the bytes to the end of the frame, shared with it
	 */
	public ByteBuffer sharedRest() {
		ByteBuffer rest = this.in.slice();
		this.in.position(this.in.limit());
		return rest;
	}

	private byte[] take(int length) {
		byte[] bytes = new byte[length];
		this.in.get(bytes);
		return bytes;
	}

}
